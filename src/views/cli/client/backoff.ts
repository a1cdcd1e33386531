const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * How long to wait before attempt `attempt` (from 1): doubling, at most 10 s, and by chance between half and
 * all of it, so that many readers do not come back at the same moment.
 * @param chance 0 to 1
 */
export function backoffMs(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.round(full / 2 + (full / 2) * chance);
}
