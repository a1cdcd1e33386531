import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Place } from '../place/place.ts';
import { type BatchDone, type CopyJob, SharedState } from './messages.ts';

const MOST_THREADS = 4;
const BATCH_FILES = 64;
const BATCH_BYTES = 8 * 1_024 * 1_024;
/** So that a thread need not wait for its next batch. */
const AHEAD = 2;
const TELL_MS = 100;

export interface CrewOptions {
  readonly source: Place;
  readonly destination: Place;
  readonly durable: boolean;
  readonly signal: AbortSignal;
  /** Every tenth of a second while it works. */
  readonly tell: (done: { readonly files: number; readonly bytes: number; readonly path: string }) => void;
}

/** Threads that copy. The first is started before it is needed, the others when there is enough to do. */
export class Crew {
  readonly #threads: Worker[] = [];
  readonly #most: number;
  readonly #shared = new SharedState();
  readonly #options: CrewOptions;
  #path = '';
  /** Of a thread, which may fail before it is given anything. */
  #failure: Error | undefined;

  constructor(options: CrewOptions, most = Math.min(MOST_THREADS, availableParallelism())) {
    this.#options = options;
    this.#most = most;
    this.#threads.push(this.#start());
  }

  #start(): Worker {
    const { source, destination, durable } = this.#options;
    const workerData = { source, destination, durable, shared: this.#shared.buffer };
    const thread = new Worker(new URL('./copy-thread.ts', import.meta.url), { workerData });
    thread.on('error', (error: Error) => {
      this.#failure ??= error;
    });
    return thread;
  }

  /**
   * Copies all of it. A stop takes effect between two chunks of a file.
   * @throws when a thread fails as such; what single files meet is in the answers
   */
  async copy(jobs: readonly CopyJob[]): Promise<readonly BatchDone[]> {
    const { signal, tell } = this.#options;
    const all = [...batchesOf(jobs)];
    while (this.#threads.length < Math.min(this.#most, all.length)) this.#threads.push(this.#start());
    const batches = all.values();
    const done: BatchDone[] = [];
    const stop = () => this.#shared.stop();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    tell({ files: 0, bytes: 0, path: jobs[0]?.path ?? '' });
    const telling = setInterval(() => {
      tell({ files: this.#shared.files, bytes: this.#shared.bytes, path: this.#path });
    }, TELL_MS);
    try {
      await Promise.all(this.#threads.map((thread) => this.#feed(thread, batches, done)));
    } finally {
      clearInterval(telling);
      signal.removeEventListener('abort', stop);
    }
    tell({ files: this.#shared.files, bytes: this.#shared.bytes, path: this.#path });
    return done;
  }

  /** Gives one thread batches until there are no more. */
  #feed(thread: Worker, batches: Iterator<readonly CopyJob[]>, done: BatchDone[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      let waiting = 0;
      const give = () => {
        while (waiting < AHEAD) {
          const next = this.#shared.isStopped ? undefined : batches.next().value;
          if (next === undefined) break;
          waiting++;
          this.#path = next[0].path;
          thread.postMessage(next);
        }
        if (waiting === 0) resolve();
      };
      thread.on('message', (message: BatchDone | 'ready') => {
        if (message === 'ready') return;
        waiting--;
        done.push(message);
        give();
      });
      thread.once('error', reject);
      thread.once('exit', (status) => reject(new Error(`a copying thread ended with status ${status}`)));
      give();
    });
  }

  async close(): Promise<void> {
    this.#shared.stop();
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function* batchesOf(jobs: readonly CopyJob[]): Generator<readonly CopyJob[], undefined> {
  let batch: CopyJob[] = [];
  let bytes = 0;
  for (const job of jobs) {
    if (batch.length >= BATCH_FILES || (batch.length > 0 && bytes + job.size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(job);
    bytes += job.size;
  }
  if (batch.length > 0) yield batch;
}
