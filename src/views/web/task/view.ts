import { ACTIVE_STATUSES, ENDED_STATUSES } from '../../../task/status.ts';
import type { Failure, Task } from '../data/types.ts';
import { formatRoughly } from '../text/duration.ts';

/* What is derived from a task for the eye. Pure: the time is handed in. */

/** The looks of a status: each has its own shape and colour. */
export type Look = 'running' | 'quiet' | 'needs' | 'stopping' | 'good' | 'bad' | 'cancelled' | 'lost';

/** Without any sign of life for this long, the age of the last one is shown. */
export const QUIET_AFTER_MS = 10_000;

export function isActive(task: Task): boolean {
  return (ACTIVE_STATUSES as readonly string[]).includes(task.status);
}

export function isEnded(task: Task): boolean {
  return (ENDED_STATUSES as readonly string[]).includes(task.status);
}

/** How long nothing was heard of it, in ms; undefined when that is not worth saying. */
export function silentFor(task: Task, nowMs: number): number | undefined {
  if (task.status !== 'working') return undefined;
  const silence = nowMs - Date.parse(task.aliveAt);
  return silence > QUIET_AFTER_MS ? silence : undefined;
}

export function lookOf(task: Task, nowMs: number): Look {
  switch (task.status) {
    case 'working':
      if (task.cancel.requestedAt !== undefined) return 'stopping';
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

/** What is offered: nothing where it cannot be stopped, has ended, or was asked already. */
export function canCancel(task: Task): boolean {
  return isActive(task) && task.cancel.support !== 'none' && task.cancel.requestedAt === undefined;
}

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

/** The one line beside the title: what it is doing, or how it ended. */
export function phaseOf(task: Task): string {
  if (task.status === 'failed') return task.failure?.message ?? task.statusMessage ?? '';
  if (isActive(task)) {
    if (task.cancel.requestedAt !== undefined && task.cancel.note) return task.cancel.note;
    return task.progress?.message ?? task.statusMessage ?? '';
  }
  return task.statusMessage ?? '';
}
