import type { EventTrigger } from '../assignment/assignment.ts';
import { AppError } from '../base/errors.ts';

/** A trigger as it was typed; `place` is yet to be found among the resources of the server. Pure. */
export type TypedTrigger =
  | { readonly type: 'ready'; readonly trigger: EventTrigger }
  | { readonly type: 'place'; readonly server: string; readonly event: string; readonly place: string };

const ENDS = ['completed', 'failed', 'cancelled', 'lost'] as const;
const LISTS = ['tools', 'resources', 'prompts'] as const;

/** What a files server calls its events is `file.` and one of these; the prefix may be left out. */
const FILE_EVENTS: readonly string[] = ['created', 'changed', 'removed'];

export const TRIGGERS = '“task failed”, “SERVER changes URI”, “SERVER.EVENT in PLACE” or “hook”';

/**
 * Reads the trigger at the beginning of what follows `/when`.
 * @returns it, and the text after it
 * @throws {AppError} `invalid_command`
 */
export function readTrigger(text: string): { readonly typed: TypedTrigger; readonly rest: string } {
  const [first, second, third] = firstWords(text);
  const ready = (trigger: EventTrigger, last: Word) => ({
    typed: { type: 'ready' as const, trigger },
    rest: text.slice(last.end).trim(),
  });
  if (first?.word === 'hook') return ready({ source: { kind: 'hook', signed: false } }, first);
  if (first?.word === 'task' && second !== undefined) {
    const statuses = second.word === 'ended' ? ENDS : ENDS.filter((end) => end === second.word);
    if (statuses.length > 0) return ready({ source: { kind: 'task', statuses } }, second);
  }
  if (first !== undefined && second?.word === 'changes' && third !== undefined) {
    const list = LISTS.find((each) => each === third.word);
    const server = first.word;
    return list === undefined
      ? ready({ source: { kind: 'resource', server, uri: third.word } }, third)
      : ready({ source: { kind: 'list', server, list } }, third);
  }
  const dot = first?.word.indexOf('.') ?? -1;
  if (first !== undefined && dot > 0 && second?.word === 'in' && third !== undefined) {
    const [server, event] = [first.word.slice(0, dot), first.word.slice(dot + 1)];
    if (event !== '')
      return {
        typed: { type: 'place', server, event, place: third.word },
        rest: text.slice(third.end).trim(),
      };
  }
  throw new AppError('invalid_command', `“${text}” does not begin with something to wait for.`, {
    fields: [{ field: 'text', expected: TRIGGERS }],
  });
}

/** The trigger for events of one type that a resource reports. */
export const resourceEvents = (server: string, uri: string, event: string): EventTrigger => ({
  source: { kind: 'resource', server, uri },
  filters: [{ path: 'type', op: 'equals', value: FILE_EVENTS.includes(event) ? `file.${event}` : event }],
});

interface Word {
  readonly word: string;
  /** Where it ends in the text. */
  readonly end: number;
}

/** The first three words; quotes hold one together. */
function firstWords(text: string): Word[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].slice(0, 3).map((match) => ({
    word: match[1] ?? match[2] ?? match[3] ?? '',
    end: match.index + match[0].length,
  }));
}
