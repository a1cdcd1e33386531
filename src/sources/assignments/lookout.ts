import type { Clock } from '../../base/clock.ts';

const RETRY_MS = 1_000;

/** Looks now and then at what may be to do: at a time, and whenever something has happened. */
export interface Lookout {
  /** Begins, with a look at once. */
  open(): void;
  /** Looks now; while it looks, once more afterwards. */
  look(): void;
  /** Looks at this time at the latest. Epoch milliseconds. */
  lookBy(ms: number): void;
  /** When the next look is due; what is known to be later need not make it look. */
  nextMs(): number;
  close(): Promise<void>;
}

/**
 * One look at a time. The machine may sleep and its clock may jump, so none is further away than `longestMs`.
 * @param look does what is to do, and says when there is more, in epoch milliseconds
 * @param failed is told of a look that broke off; it is made again soon
 */
export function createLookout(parts: {
  readonly clock: Clock;
  readonly longestMs: number;
  readonly look: () => Promise<number>;
  readonly failed: (error: unknown) => void;
}): Lookout {
  const { clock, longestMs, look, failed } = parts;
  let callOff = () => {};
  let nextMs = Number.POSITIVE_INFINITY;
  /** Asked for since the last look began. */
  let wantedMs = Number.POSITIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let again = false;
  let isOpen = false;

  function sleep(untilMs: number): void {
    callOff();
    if (!isOpen) return;
    nextMs = Math.min(untilMs, wantedMs);
    callOff = clock.after(Math.max(0, Math.min(nextMs - clock.now(), longestMs)), lookNow);
  }

  async function lookUntilDone(): Promise<void> {
    try {
      let untilMs = clock.now();
      while (again && isOpen) {
        again = false;
        wantedMs = Number.POSITIVE_INFINITY;
        untilMs = await look();
      }
      sleep(untilMs);
    } catch (error) {
      failed(error);
      sleep(clock.now() + RETRY_MS);
    } finally {
      looking = undefined;
      if (again) lookNow();
    }
  }

  function lookNow(): void {
    if (!isOpen) return;
    again = true;
    looking ??= lookUntilDone();
  }

  return {
    open() {
      isOpen = true;
      lookNow();
    },
    look: lookNow,
    lookBy(ms) {
      wantedMs = Math.min(wantedMs, ms);
      if (looking === undefined && ms < nextMs) sleep(ms);
    },
    nextMs: () => nextMs,
    async close() {
      isOpen = false;
      callOff();
      await looking;
    },
  };
}
