import type { Assignment } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import type { Unnumbered } from '../../../store/ports.ts';

const LONGEST_WAIT_MS = 6 * 3_600_000;

/** Why a failed run is not tried again, or when it is. */
export type Retry = { readonly afterMs: number } | { readonly no: string };

/**
 * Whether a failed run is tried again, from the step that failed. A call that was sent is never sent again unless
 * its tool says that this does no harm, or the rules allow it.
 * @param isSafe whether the tool of the failed step may be called twice, as far as is known
 */
export function retryOf(
  { rules }: Pick<Assignment, 'rules'>,
  { attempt, steps }: Pick<Unnumbered<Run>, 'attempt' | 'steps'>,
  isSafe: boolean | undefined,
): Retry {
  if (rules.retries === 0) return { no: '' };
  if (attempt > rules.retries) return { no: `It was tried ${attempt} times.` };
  const failed = steps.find(({ state }) => state !== 'completed' && state !== 'pending');
  const wasSent = failed?.callId !== undefined;
  if (wasSent && isSafe !== true && !rules.mayRepeatCalls)
    return { no: 'It was not tried again: its tool does not say that calling it twice does no harm.' };
  return { afterMs: Math.min(rules.retryAfterMs * 2 ** (attempt - 1), LONGEST_WAIT_MS) };
}
