import type { Job } from './job.ts';

const KEEP_MS = 24 * 3_600_000;
const KEEP_ENDED = 1_000;

/** All jobs of this server: which run, so that they can be ended with it, and the tasks, so that they are found. */
export class Jobs {
  readonly #running = new Set<Job>();
  readonly #tasks = new Map<string, Job>();
  #isClosing = false;

  get isClosing(): boolean {
    return this.#isClosing;
  }

  add(job: Job): Job {
    this.#running.add(job);
    void job.ended.then(() => this.#running.delete(job));
    if (this.#isClosing) job.stop('shutdown');
    return job;
  }

  /** From now on the job can be asked about by its id. */
  keep(job: Job): void {
    this.#forgetOld();
    this.#tasks.set(job.id, job);
  }

  /** Its time is up or nobody will ask any more. */
  forget(job: Job): void {
    this.#tasks.delete(job.id);
  }

  find(id: string): Job | undefined {
    const job = this.#tasks.get(id);
    if (job === undefined || !isTooOld(job)) return job;
    this.forget(job);
    return undefined;
  }

  /** All that can be asked about, the oldest first. */
  kept(): readonly Job[] {
    return [...this.#tasks.values()].filter((job) => !isTooOld(job));
  }

  /** Asks everything to stop and resolves when nothing is left. Nothing can be started any more. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const job of this.#running) job.stop('shutdown');
    await Promise.all([...this.#running].map(({ ended }) => ended));
  }

  /** Ended jobs are kept for a day, the newest thousand at most; what runs is kept as long as it does. */
  #forgetOld(): void {
    const ended = [...this.#tasks.values()].filter(({ ending }) => ending !== undefined);
    const surplus = ended.length - KEEP_ENDED;
    for (const [at, job] of ended.entries()) if (at < surplus || isTooOld(job)) this.forget(job);
  }
}

const isTooOld = ({ ending, lastUpdatedAt }: Job): boolean =>
  ending !== undefined && Date.parse(lastUpdatedAt) < Date.now() - KEEP_MS;
