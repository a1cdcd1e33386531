/** Everything that runs now, so that its number can be limited and all of it be ended when the server ends. */
export class Runs {
  readonly #limit: number;
  readonly #running = new Set<{ stop: () => void; done: Promise<unknown> }>();
  #isClosing = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Why nothing more may be started now, in words for the caller; `undefined` when it may. */
  refusal(): string | undefined {
    if (this.#isClosing) return 'The server is shutting down, so nothing more is started.';
    if (this.#running.size < this.#limit) return undefined;
    return `${this.#limit} commands run already, which is the limit (--max-concurrent). Try again when one has ended.`;
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Counts a run until `done` is settled. */
  add(stop: () => void, done: Promise<unknown>): void {
    const entry = { stop, done: done.catch(() => {}) };
    this.#running.add(entry);
    void entry.done.then(() => this.#running.delete(entry));
  }

  /** Stops everything and resolves when nothing is left and all is told. Nothing can be started any more. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const { stop } of this.#running) stop();
    await Promise.all([...this.#running].map(({ done }) => done));
  }
}
