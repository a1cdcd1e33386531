import type { AssignmentDraft, Preview } from '../assignment/draft.ts';
import { AppError } from '../base/errors.ts';
import type { ServerView } from '../store/records.ts';
import { callAt, workOf } from './slash-work.ts';

/** A draft and what was understood of it. */
export interface Understood {
  readonly draft: AssignmentDraft;
  readonly preview: Preview;
}

export interface DraftReader {
  /** @throws {AppError} `invalid_request` naming the field and what was expected */
  readonly preview: (draft: AssignmentDraft) => Promise<Preview>;
  readonly server: (name: string) => ServerView | undefined;
}

/** A time is seldom said in more words than these. */
const MOST_WORDS = 16;

/**
 * `in 30 minutes TEXT`, `every weekday at 9:00 /server.tool …`: a time, then what to do. Of a text that goes on after
 * the time, the time is the longest beginning that is understood as one; `TIME: TEXT` says where it ends.
 * @throws {AppError} `invalid_command` where no time is understood; as `workOf`
 */
export async function understandTimer(
  rest: string,
  sessionId: string,
  reader: DraftReader,
): Promise<Understood> {
  const draftOf = (when: string, what: string): AssignmentDraft => ({
    trigger: { type: 'timer', text: when },
    work: workOf(what, reader.server),
    sessionId,
  });
  const call = callAt(rest);
  if (call !== undefined) {
    const draft = draftOf(rest.slice(0, call).trim(), rest.slice(call));
    const preview = await reader.preview(draft).catch((error) => {
      throw isAboutTime(error) ? notATime(error.fields[0]?.expected ?? '') : error;
    });
    return { draft, preview };
  }
  for (const { when, what } of cuts(rest)) {
    const draft = draftOf(when, what.replace(/^(to|that)\s+/i, ''));
    const preview = await reader.preview(draft).catch((error) => {
      if (isAboutTime(error)) return undefined;
      throw error;
    });
    if (preview !== undefined) return { draft, preview };
  }
  throw notATime(`No time with a text after it was understood in “${rest}”.`);
}

const notATime = (why: string): AppError =>
  new AppError('invalid_command', `${why} Say for example “/remind in 30 minutes TEXT”.`, {
    fields: [{ field: 'text', expected: '“in 30 minutes TEXT”, “tomorrow at 9:00 TEXT” and the like' }],
  });

/** Where the time may end, the likeliest first. */
function cuts(rest: string): { when: string; what: string }[] {
  const colon = /^(.+?):\s+(\S.*)$/s.exec(rest);
  const told = colon === null ? [] : [{ when: colon[1]!.trim(), what: colon[2]! }];
  const ends = [...rest.matchAll(/\s+/g)].slice(0, MOST_WORDS).reverse();
  const found = ends.map((end) => ({ when: rest.slice(0, end.index), what: rest.slice(end.index).trim() }));
  return [...told, ...found];
}

const isAboutTime = (error: unknown): error is AppError =>
  error instanceof AppError &&
  error.code === 'invalid_request' &&
  error.fields.some(({ field }) => field.startsWith('trigger'));
