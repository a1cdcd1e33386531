import type { Failure, Task } from '../data/types.ts';
import { formatRoughly } from '../text/duration.ts';
import { isActive } from './activity.ts';
import { contactWords, stopWords } from './stop.ts';

export { isActive, isEnded } from './activity.ts';

/* What is derived from a task for the eye. Pure: the time is handed in. */

/** The looks of a status: each has its own shape and colour. */
export type Look =
  | 'running'
  | 'quiet'
  | 'noContact'
  | 'needs'
  | 'stopping'
  | 'good'
  | 'bad'
  | 'cancelled'
  | 'lost';

/** Without any sign of life for this long, the age of the last one is shown. */
export const QUIET_AFTER_MS = 10_000;

/** How long nothing was heard of it, in ms; undefined when that is not worth saying. */
export function silentFor(task: Task, nowMs: number): number | undefined {
  if (task.status !== 'working' || task.contactLost !== undefined) return undefined;
  if (task.source.type === 'assignment') return undefined; // it lives in its steps, which show their own signs
  const silence = nowMs - Date.parse(task.aliveAt);
  return silence > QUIET_AFTER_MS ? silence : undefined;
}

export function lookOf(task: Task, nowMs: number): Look {
  switch (task.status) {
    case 'working':
      if (task.contactLost !== undefined) return 'noContact';
      // What goes on although it was asked to stop is not stopping.
      if (task.cancel.requestedAt !== undefined && task.cancel.answer !== 'ignored') return 'stopping';
      return silentFor(task, nowMs) === undefined ? 'running' : 'quiet';
    case 'input_required':
      return 'needs';
    case 'completed':
      return 'good';
    case 'failed':
      return 'bad';
    case 'cancelled':
      return 'cancelled';
    case 'lost':
      return 'lost';
  }
}

export const LOOK_WORDS: Readonly<Record<Look, string>> = {
  running: 'Running',
  quiet: 'Running, quiet',
  noContact: 'No contact',
  needs: 'Needs you',
  stopping: 'Stopping…',
  good: 'Completed',
  bad: 'Failed',
  cancelled: 'Cancelled',
  lost: 'Lost',
};

/** From the start to the end, or to now while it goes on; in ms. A lost task stops at its last sign of life. */
export function elapsedMs(task: Task, nowMs: number): number {
  const end = task.endedAt ?? (isActive(task) ? undefined : task.aliveAt);
  return Math.max(0, (end === undefined ? nowMs : Date.parse(end)) - Date.parse(task.startedAt));
}

/** "usually 3 min" or "over the usual 3 min"; nothing before three runs are known. */
export function usualWords(task: Task, nowMs: number): { text: string; late: boolean } | undefined {
  if (task.expected === undefined || task.expected.runs < 3) return undefined;
  const usual = formatRoughly(task.expected.medianMs);
  const late = isActive(task) && elapsedMs(task, nowMs) > task.expected.p90Ms;
  return late ? { text: `over the usual ${usual}`, late } : { text: `usually ${usual}`, late };
}

/** Whether it can be asked to stop: not where that is of no use, it has ended, or it was asked already. */
export function canCancel(task: Task): boolean {
  return isActive(task) && canBeAsked(task) && task.cancel.requestedAt === undefined;
}

/** Work that ends only by force is not asked: that is for one task at a time, with what else it ends. */
export const canBeAsked = (task: Task): boolean =>
  task.cancel.support !== 'none' && task.cancel.support !== 'force';

const FAILURE_WORDS: Readonly<Record<Failure['reason'], string>> = {
  tool_error: 'The tool ran and reported an error.',
  protocol_error: 'The server answered with an error.',
  server_exited: 'The server stopped in the middle of the work.',
  timeout_idle: 'Nothing was heard from the work for too long, so it was given up.',
  timeout_total: 'The work reached its time limit.',
  interrupted: 'Meanwhile was stopped, and this work could not outlive it.',
  rejected: 'The work could not start.',
};
/** Of these the message is the server's own and may say little; of the others it is a sentence of ours. */
const FOREIGN_MESSAGE: readonly Failure['reason'][] = ['tool_error', 'protocol_error', 'rejected'];

/** What went wrong in plain words, and under it what the server said of it. */
export function failureWords(failure: Failure): { readonly words: string; readonly said?: string } {
  const words = FAILURE_WORDS[failure.reason];
  if (failure.message.trim() === '') return { words };
  return FOREIGN_MESSAGE.includes(failure.reason)
    ? { words, said: failure.message }
    : { words: failure.message };
}

/** Where the work is done: `command.run`, or what kind of source it is. */
export function sourceName(task: Task): string {
  const { type, server, tool } = task.source;
  if (server !== undefined) return tool === undefined ? server : `${server}.${tool}`;
  return type === 'turn' ? 'assistant' : type;
}

/** The one line beside the title: what matters most of what it is doing, or how it ended. */
export function phaseOf(task: Task, nowMs: number): string {
  if (task.status === 'failed') return task.failure?.message ?? task.statusMessage ?? '';
  if (task.status === 'input_required') return questionWords(task);
  if (isActive(task))
    return contactWords(task) ?? stopWords(task, nowMs) ?? task.progress?.message ?? task.statusMessage ?? '';
  return task.statusMessage ?? stopWords(task, nowMs) ?? (task.status === 'lost' ? LOST_WORDS : '');
}

const LOST_WORDS = 'How it ended is not known';

/** What it asks, in one line. */
function questionWords(task: Task): string {
  const [first, ...more] = task.input ?? [];
  const words = first?.message.trim() || task.statusMessage || 'It waits for your answer';
  return more.length === 0 ? words : `${words} (and ${more.length} more)`;
}
