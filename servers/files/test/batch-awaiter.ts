import type { Watches } from '../watch/watches.ts';

/** Waits for events of watched folders, without looking again and again. */
export class BatchAwaiter {
  #waiting: (() => void)[] = [];

  constructor(watches: Watches) {
    watches.onChanged(() => {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    });
  }

  /** Resolves when `isSo` is true; asked now and after each batch. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
