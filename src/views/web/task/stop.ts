import type { Task } from '../data/types.ts';
import { formatRoughly } from '../text/duration.ts';
import { formatClock } from '../text/when.ts';
import { isActive } from './activity.ts';

/* How far a stop has come, in words, and what can still be done. Pure: the time is handed in. */

/** Force is not offered at once: a stop takes a moment, and a second click on Cancel must not hit it. */
export const FORCE_AFTER_MS = 3_000;

/** What a person can do about work that goes on. */
export interface StopOffers {
  readonly cancel: boolean;
  /** Where asking is of no use: ends our waiting, not the work. */
  readonly stopWaiting: boolean;
  /** Ends the processes of the server. */
  readonly force: boolean;
}

export function stopOffers(task: Task, nowMs: number): StopOffers {
  if (!isActive(task)) return { cancel: false, stopWaiting: false, force: false };
  const { support, canForce, requestedAt, answer } = task.cancel;
  const cannotAsk = support === 'none' || support === 'force';
  const asked = requestedAt !== undefined;
  const patience = asked && nowMs - Date.parse(requestedAt) < FORCE_AFTER_MS;
  const open = answer === undefined || answer === 'acknowledged' || answer === 'ignored';
  return {
    cancel: !cannotAsk && !asked,
    stopWaiting: support === 'none' || answer === 'ignored',
    force: (canForce === true || support === 'force') && (asked ? open && !patience : cannotAsk),
  };
}

/** What became of the request to stop; undefined where there was none, or its end says it already. */
export function stopWords(task: Task, nowMs: number): string | undefined {
  const { requestedAt, answer } = task.cancel;
  if (requestedAt === undefined) return undefined;
  return isActive(task)
    ? ACTIVE[answer ?? 'asked'](formatRoughly(Math.max(0, nowMs - Date.parse(requestedAt))))
    : endedWords(task);
}

const ACTIVE: Readonly<Record<NonNullable<Task['cancel']['answer']> | 'asked', (ago: string) => string>> = {
  asked: (ago) => `Asked to stop ${ago} ago`,
  acknowledged: (ago) => `Asked to stop ${ago} ago; the server has heard it`,
  ignored: () => 'Goes on although it was asked to stop',
  stopped: () => 'The server says that it has stopped',
  assumed: (ago) => `Asked to stop ${ago} ago; nothing was heard since`,
};

/** The end says itself what became of it, where its source wrote that down. */
function endedWords(task: Task): string | undefined {
  if (task.statusMessage) return undefined;
  if (task.status === 'completed') return 'Completed although it was asked to stop';
  if (task.status !== 'cancelled') return undefined;
  if (task.cancel.answer === 'stopped') return 'Stopped; the server confirmed it';
  return 'Asked to stop; the server did not confirm it';
}

/** That the server cannot be reached, while the work may still be found again. */
export function contactWords(task: Task): string | undefined {
  return task.contactLost === undefined || !isActive(task)
    ? undefined
    : `No contact since ${formatClock(task.contactLost.since)}; looking for it`;
}
