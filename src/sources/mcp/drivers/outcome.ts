import type { Ending } from '../../../task/report.ts';

/**
 * The end of work, told once. What was lost may still be learned: the first end that is none of contact is told as
 * a correction. `close` runs when nothing more can be learned.
 */
export function outcome(
  observer: { corrected(ending: Ending): void },
  close: () => void,
): {
  readonly done: Promise<Ending>;
  /** Settles when nothing more can be learned. */
  readonly over: Promise<void>;
  /** Whether an end has been told, be it only `lost`. */
  isTold(): boolean;
  /** Whether nothing more can be learned. */
  isOver(): boolean;
  settle(ending: Ending): void;
  /** Nothing more is told from here. */
  abandon(): void;
} {
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>();
  const { promise: done, resolve } = Promise.withResolvers<Ending>();
  let told = false;
  let closed = false;

  function finish() {
    closed = true;
    close();
    isOver();
  }

  return {
    done,
    isTold: () => told,
    over,
    isOver: () => closed,
    settle(ending) {
      if (closed) return;
      const first = !told;
      told = true;
      if (ending.status !== 'lost' || ending.forGood === true) finish();
      if (first) resolve(ending);
      else if (ending.status !== 'lost') observer.corrected(ending);
    },
    abandon() {
      if (!closed) finish();
    },
  };
}
