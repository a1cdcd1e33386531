import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/**
 * Repeats a write until it is done: an end must not be lost because the disk was full for a while. Gives up
 * only when the store is closed; then the next start finds the task active and ends it.
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
      if (error instanceof AppError && error.code === 'shutting_down') throw error;
      log.warn({ err: error, retryInMs: waitMs }, `could not save ${what}; trying again`);
      await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    }
  }
}
