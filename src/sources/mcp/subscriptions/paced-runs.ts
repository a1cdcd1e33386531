import type { Clock } from '../../../base/clock.ts';
import { backOffMs } from '../connection/back-off.ts';

/** Work that is asked for more often than it is done. */
export interface PacedRuns {
  /** Has it run after now; being asked often comes to one run. */
  ask(): void;
  stop(): void;
}

/**
 * Runs at most once in `everyMs` and never twice at once; whoever asks meanwhile gets a run after that. A run that
 * failed is made again after a growing pause, or as soon as it is asked for.
 * @param run says whether it succeeded; never rejects
 */
export function pacedRuns(parts: {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly run: () => Promise<boolean>;
}): PacedRuns {
  const { clock, everyMs, run } = parts;
  let isDue = false;
  let isRunning = false;
  let isStopped = false;
  let beganMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let callOff: (() => void) | undefined;

  function plan(pauseMs: number) {
    callOff?.();
    callOff = undefined;
    if (isRunning || isStopped || !isDue) return;
    const waitMs = Math.max(pauseMs, beganMs + everyMs - clock.now());
    if (waitMs > 0) callOff = clock.after(waitMs, begin);
    else begin();
  }

  function begin() {
    callOff = undefined;
    isDue = false;
    isRunning = true;
    beganMs = clock.now();
    void run().then((isDone) => {
      isRunning = false;
      const wasAsked = isDue;
      failures = isDone ? 0 : failures + 1;
      isDue ||= !isDone;
      plan(isDone || wasAsked ? 0 : backOffMs(failures, Math.random()));
    });
  }

  return {
    ask() {
      isDue = true;
      plan(0);
    },
    stop() {
      isStopped = true;
      callOff?.();
    },
  };
}
