import { Worker } from 'node:worker_threads';

const KEPT_MS = 30_000;

/** Threads that copy. To start one takes a tenth of a second, so they are kept for a while when they are done. */
export class CopyThreads {
  readonly #all = new Set<Worker>();
  readonly #idle: Worker[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** A thread for the caller alone; its errors are heard by those who listen. */
  take(): Worker {
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      idle.ref();
      return idle;
    }
    const thread = new Worker(new URL('./copy-thread.ts', import.meta.url));
    this.#all.add(thread);
    thread.on('error', () => {}); // one that nobody uses is not missed
    thread.once('exit', () => {
      this.#all.delete(thread);
      const at = this.#idle.indexOf(thread);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return thread;
  }

  /** Of a thread that has answered everything. */
  giveBack(thread: Worker): void {
    if (!this.#all.has(thread)) return;
    thread.unref();
    this.#idle.push(thread);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#endIdle(), KEPT_MS).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all([...this.#all].map((thread) => thread.terminate()));
  }

  async #endIdle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.terminate()));
  }
}
