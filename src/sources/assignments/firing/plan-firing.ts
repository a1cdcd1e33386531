import type { Assignment } from '../../../assignment/assignment.ts';

/** A due time that is later than this was missed: nobody was there to fire. */
export const MISSED_AFTER_MS = 60_000;

/** What is to become of the due times of a timer that have passed. Times are epoch milliseconds. */
export interface Firing {
  /** The due time that gets a run, with how many missed ones it stands for besides. */
  readonly run?: { readonly dueMs: number; readonly missed: number };
  /** Missed times that get none, each listed as skipped; the newest, where there are very many. */
  readonly skipped: readonly number[];
  /** How many more were skipped than are listed. */
  readonly more: number | 'many';
}

/** Of each downtime at most so many skipped times are listed one by one. */
export const LISTED = 50;

/**
 * Decides over the due times up to now. What is on time runs. Of missed ones, `run_once` runs the newest for all of
 * them, `skip` none; either way each missed time is accounted for.
 * @param times ascending, none in the future
 * @param more how many due times there were beyond those
 */
export function planFiring(
  { rules }: Pick<Assignment, 'rules'>,
  { times, more }: { readonly times: readonly number[]; readonly more: number | 'many' },
  nowMs: number,
): Firing {
  const newest = times.at(-1);
  if (newest === undefined) return { skipped: [], more: 0 };
  const isMissed = nowMs - newest > MISSED_AFTER_MS;
  const runs = !isMissed || rules.missed === 'run_once';
  const skipped = runs ? times.slice(0, -1) : times;
  const listed = skipped.slice(-LISTED);
  const hidden = skipped.length - listed.length;
  return {
    ...(runs && { run: { dueMs: newest, missed: skipped.length + (more === 'many' ? 0 : more) } }),
    skipped: listed,
    more: more === 'many' ? 'many' : more + hidden,
  };
}
