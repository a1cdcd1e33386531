import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_MS = 12;

/** Lets long loops over the file system give way to everything else now and then. */
export class Turns {
  #sinceMs = performance.now();

  /** Whether it is time to `give` way. */
  get isDue(): boolean {
    return performance.now() - this.#sinceMs > TURN_MS;
  }

  async give(): Promise<void> {
    await nextTurn();
    this.#sinceMs = performance.now();
  }
}
