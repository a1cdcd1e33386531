import type { Clock } from '../base/clock.ts';
import { AppError, type ErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** Refusals, not faults: somebody else was faster, and would be again. */
const REFUSALS: readonly ErrorCode[] = [
  'shutting_down',
  'run_taken',
  'run_exists',
  'event_taken',
  'assignment_changed',
];

/**
 * Repeats a write until it is done: an end must not be lost because the disk was full for a while. Gives up
 * when the store is closed (then the next start finds the task active and ends it), and when what stands beside the
 * end is refused.
 * @throws {AppError} `shutting_down`, and refusals such as `run_taken` and `assignment_changed`
 */
export async function persist(
  write: () => Promise<unknown>,
  clock: Clock,
  log: Logger,
  what: string,
): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      await write();
      return;
    } catch (error) {
      if (error instanceof AppError && REFUSALS.includes(error.code)) throw error;
      log.warn({ err: error, retryInMs: waitMs }, `could not save ${what}; trying again`);
      await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    }
  }
}
