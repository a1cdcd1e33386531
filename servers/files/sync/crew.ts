import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { OpenFolder } from '../place/open-folder.ts';
import type { CopyThreads } from './copy-threads.ts';
import { type BatchDone, type CopyJob, type CopyMessage, SharedState } from './messages.ts';

const MOST_THREADS = 4;
const BATCH_FILES = 64;
const BATCH_BYTES = 8 * 1_024 * 1_024;
/** So that a thread need not wait for its next batch. */
const AHEAD = 2;
const TELL_MS = 100;

export interface CrewOptions {
  readonly source: OpenFolder;
  readonly destination: OpenFolder;
  readonly durable: boolean;
  readonly signal: AbortSignal;
  readonly threads: CopyThreads;
  /** Every tenth of a second while it works. */
  readonly tell: (done: { readonly files: number; readonly bytes: number; readonly path: string }) => void;
}

/** Threads at work for one sync. The first is taken before it is needed, the others when there is enough to do. */
export class Crew {
  readonly #threads: Worker[] = [];
  readonly #most: number;
  readonly #shared = new SharedState();
  readonly #options: CrewOptions;
  #path = '';
  /** Of a thread, which may fail before it is given anything. */
  #failure: Error | undefined;
  readonly #fail = (error: Error) => {
    this.#failure ??= error;
  };

  constructor(options: CrewOptions, most = Math.min(MOST_THREADS, availableParallelism())) {
    this.#options = options;
    this.#most = most;
    this.#take();
  }

  /**
   * Copies all of it. A stop takes effect between two chunks of a file.
   * @throws when a thread fails as such; what single files meet is in the answers
   */
  async copy(jobs: readonly CopyJob[]): Promise<readonly BatchDone[]> {
    const { signal, tell } = this.#options;
    const all = [...batchesOf(jobs)];
    while (this.#threads.length < Math.min(this.#most, all.length)) this.#take();
    const batches = all.values();
    const done: BatchDone[] = [];
    const stop = () => this.#shared.stop();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    const tellNow = () => tell({ files: this.#shared.files, bytes: this.#shared.bytes, path: this.#path });
    this.#path = jobs[0]?.path ?? '';
    tellNow();
    const telling = setInterval(tellNow, TELL_MS);
    try {
      await Promise.all(this.#threads.map((thread) => this.#feed(thread, batches, done)));
    } finally {
      clearInterval(telling);
      signal.removeEventListener('abort', stop);
    }
    tellNow();
    return done;
  }

  #take(): void {
    const { source, destination, durable, threads } = this.#options;
    const thread = threads.take();
    thread.on('error', this.#fail);
    const start = {
      source: source.toHand(),
      destination: destination.toHand(),
      durable,
      shared: this.#shared.buffer,
    };
    thread.postMessage({ type: 'begin', ...start } satisfies CopyMessage);
    this.#threads.push(thread);
  }

  /** Gives one thread batches until there are no more. */
  async #feed(thread: Worker, batches: Iterator<readonly CopyJob[]>, done: BatchDone[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let waiting = 0;
    const give = () => {
      while (waiting < AHEAD) {
        const next = this.#shared.isStopped ? undefined : batches.next().value;
        if (next === undefined) break;
        waiting++;
        this.#path = next[0].path;
        thread.postMessage({ type: 'batch', jobs: next } satisfies CopyMessage);
      }
      if (waiting === 0) resolve();
    };
    const take = (answer: BatchDone) => {
      waiting--;
      done.push(answer);
      give();
    };
    const gone = (status: number) =>
      reject(this.#failure ?? new Error(`a copying thread ended with status ${status}`));
    thread.on('message', take);
    thread.once('exit', gone);
    try {
      if (this.#failure !== undefined) throw this.#failure;
      give();
      await promise;
    } catch (error) {
      this.#shared.stop();
      await thread.terminate(); // what it would still answer nobody waits for
      throw error;
    } finally {
      thread.off('message', take);
      thread.off('exit', gone);
    }
  }

  /** Gives the threads back. To be called before the folders are closed. */
  [Symbol.dispose](): void {
    this.#shared.stop();
    for (const thread of this.#threads) {
      thread.off('error', this.#fail);
      thread.postMessage({ type: 'end' } satisfies CopyMessage);
      this.#options.threads.giveBack(thread);
    }
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
