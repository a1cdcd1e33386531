const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before the next attempt: doubled each time, to one minute, and spread by up to a fifth so
 * that servers which fell together do not come back together.
 * @param attempt how many attempts have failed, from 1
 * @param chance 0 to 1
 */
export function backOffMs(attempt: number, chance: number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.round(wait * (1 - 0.2 * chance));
}
