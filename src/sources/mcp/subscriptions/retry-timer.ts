import type { Clock } from '../../../base/clock.ts';
import { backOffMs } from '../connection/back-off.ts';

/** Longer than the longest pause: a failure so long after the last one is the first one again. */
const FORGET_MS = 90_000;

/** Tries again after a pause that grows with each time, up to a minute. */
export function retryTimer(clock: Clock, again: () => void): { failed(): void; stop(): void } {
  let failures = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | undefined;
  return {
    failed() {
      if (callOff !== undefined) return;
      if (clock.now() - lastMs > FORGET_MS) failures = 0;
      failures += 1;
      lastMs = clock.now();
      callOff = clock.after(backOffMs(failures, Math.random()), () => {
        callOff = undefined;
        again();
      });
    },
    stop: () => callOff?.(),
  };
}
