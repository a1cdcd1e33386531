import type { Job } from './job.ts';

/** A job whose client does not come back with answers is stopped after this long. */
const WAIT_MS = 15 * 60_000;

/**
 * Jobs between two calls (2026-07-28): a call that asks something is answered with its questions, and made again with
 * the answers. Meanwhile nobody follows the job, and no cancel can reach it.
 */
export class ParkedJobs {
  readonly #parked = new Map<string, { job: Job; expiry: NodeJS.Timeout }>();

  /** Returns the `requestState` that the next call must bring. */
  park(job: Job): string {
    const expiry = setTimeout(() => {
      this.#parked.delete(job.id);
      job.stop('cancelled');
    }, WAIT_MS);
    this.#parked.set(job.id, { job, expiry });
    return job.id;
  }

  /** The job to that `requestState`, once. */
  take(requestState: string): Job | undefined {
    const parked = this.#parked.get(requestState);
    if (parked === undefined) return undefined;
    clearTimeout(parked.expiry);
    this.#parked.delete(requestState);
    return parked.job;
  }

  close(): void {
    for (const { expiry } of this.#parked.values()) clearTimeout(expiry);
    this.#parked.clear();
  }
}
