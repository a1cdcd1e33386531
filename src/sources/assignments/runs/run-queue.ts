import type { Run } from '../../../assignment/run.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store } from '../../../store/ports.ts';
import { createLookout } from '../lookout.ts';

const LOOK_MS = 15_000;
const RETRY_MS = 1_000;

/** Hands out the runs that wait, each to one worker. */
export interface RunQueue {
  open(): Promise<void>;
  /** What was left may begin now. */
  offerAgain(): void;
  close(): Promise<void>;
}

export interface RunQueueParts {
  readonly store: Pick<Store, 'changes' | 'runs' | 'writer'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How many runs go on at once. */
  readonly limit: number;
  /**
   * Performs a run, or leaves it: a run that is not begun stays in the store and is offered again when something
   * ends. Settles when the run has ended or waits again.
   */
  readonly perform: (run: Run) => Promise<'performed' | 'left'>;
}

/**
 * The queue of one host: the store itself, looked at when a run is kept, when one ends, and at the time of the next.
 * Runs of one moment begin in the order in which they were due.
 */
export function localRunQueue({ store, clock, log, limit, perform }: RunQueueParts): RunQueue {
  const running = new Map<string, Promise<void>>();
  /** Offered and left since something last ended; not offered again before. */
  const left = new Set<string>();
  let isOpen = false;
  let unfollow = () => {};
  const lookout = createLookout({
    clock,
    longestMs: LOOK_MS,
    look: fill,
    failed: (error) => log.warn({ err: error }, 'waiting runs could not be looked at; trying again'),
  });

  function begin(run: Run) {
    const done = perform(run)
      .then((what) => {
        if (what === 'left') left.add(run.id);
        else left.clear();
      })
      .catch((error) => {
        log.error({ err: error, run: run.id }, 'a run could not be performed; it is tried again');
        left.add(run.id);
        clock.after(RETRY_MS, () => {
          left.delete(run.id);
          lookout.look();
        });
      })
      .finally(() => {
        running.delete(run.id);
        lookout.look();
      });
    running.set(run.id, done);
  }

  /** @returns when to look again: at the latest so long after this look, however long it took */
  async function fill(): Promise<number> {
    const nowMs = clock.now();
    const laterMs = nowMs + LOOK_MS;
    if (running.size >= limit) return laterMs;
    const most = limit + left.size + 1; // those that begin may still be listed, and when the next may begin is asked, too
    const waiting = await store.runs.waiting(laterMs, most);
    for (const run of waiting) {
      const mayMs = Date.parse(run.notBefore);
      if (mayMs > nowMs) return mayMs;
      if (!isOpen || running.size >= limit) return laterMs;
      if (!running.has(run.id) && !left.has(run.id)) begin(run);
    }
    return laterMs;
  }

  return {
    async open() {
      isOpen = true;
      unfollow = store.changes.follow((changes) => {
        const isNews = changes.some((change) => change.type === 'run' && change.run.state === 'waiting');
        if (isNews) lookout.look();
      });
      lookout.open();
    },
    offerAgain() {
      left.clear();
      lookout.look();
    },
    async close() {
      isOpen = false;
      unfollow();
      await lookout.close();
      await Promise.all(running.values());
    },
  };
}
