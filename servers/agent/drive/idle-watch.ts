/** Tells once when there was no sign of life for a while. */
export class IdleWatch {
  readonly #limitMs: number;
  readonly #onIdle: () => void;
  #timer: NodeJS.Timeout | undefined;
  #lastMs = performance.now();
  #pauses = 0;

  /** `limitMs` 0: never. */
  constructor(limitMs: number, onIdle: () => void) {
    this.#limitMs = limitMs;
    this.#onIdle = onIdle;
    if (limitMs > 0) this.#wait(limitMs);
  }

  /** There was one. */
  alive(): void {
    this.#lastMs = performance.now();
  }

  /** Does not count while `waiting` goes on, as when a person is asked. */
  async during<Result>(waiting: Promise<Result>): Promise<Result> {
    this.#pauses++;
    try {
      return await waiting;
    } finally {
      this.#pauses--;
      this.alive();
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      const quietMs = this.#pauses > 0 ? 0 : performance.now() - this.#lastMs;
      // A timer may be a fraction of a millisecond early.
      if (quietMs + 1 >= this.#limitMs) this.#onIdle();
      else this.#wait(this.#limitMs - quietMs);
    }, ms);
  }
}
