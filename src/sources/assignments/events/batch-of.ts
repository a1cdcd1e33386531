/** An event that no run was made for yet. */
export interface Pending {
  /** When it was accepted, by our clock. */
  readonly acceptedMs: number;
}

export interface BatchRules {
  readonly nowMs: number;
  /** When the last run of this assignment was made for events. */
  readonly lastRunMs?: number | undefined;
  readonly debounceMs?: number | undefined;
  readonly atMostEveryMs?: number | undefined;
}

/** More go into the next run. */
export const MOST_IN_A_BATCH = 1_000;

/** Events that never stop coming are not waited out for longer than so many times the debounce. */
const DEBOUNCES = 10;

/**
 * Which of the waiting events go into a run now. Without rules each gets a run of its own; with any, all that wait go
 * together. A clock that was set back makes nobody wait for longer than the rules say.
 * @param pending the oldest first
 * @returns `lookAgainMs`: when there is more to be done; nothing when it is only once more comes
 */
export function batchOf<Event extends Pending>(
  pending: readonly Event[],
  { nowMs, lastRunMs, debounceMs = 0, atMostEveryMs = 0 }: BatchRules,
): { readonly take: readonly Event[]; readonly lookAgainMs?: number } {
  const [first] = pending;
  const last = pending.at(-1);
  if (first === undefined || last === undefined) return { take: [] };
  const past = (ms: number) => Math.min(ms, nowMs);
  const quietMs =
    Math.min(past(last.acceptedMs), past(first.acceptedMs) + (DEBOUNCES - 1) * debounceMs) + debounceMs;
  const allowedMs = lastRunMs === undefined ? nowMs : past(lastRunMs) + atMostEveryMs;
  const readyMs = Math.max(quietMs, allowedMs);
  if (readyMs > nowMs) return { take: [], lookAgainMs: readyMs };
  const together = debounceMs > 0 || atMostEveryMs > 0;
  const take = pending.slice(0, together ? MOST_IN_A_BATCH : 1);
  return { take, ...(take.length < pending.length && { lookAgainMs: nowMs + atMostEveryMs }) };
}
