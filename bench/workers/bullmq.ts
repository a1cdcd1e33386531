import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answer } from '../rig/answer.ts';

/*
 * BullMQ doing the same: many jobs at once report progress on a local Redis. It is no dependency of ours, so it
 * is loaded from the folder that the scene installed it into. One process works, another one watches.
 */

interface Place {
  readonly folder: string;
  readonly port: number;
}

/** What is used of BullMQ. */
interface BullMq {
  readonly Queue: new (
    name: string,
    options: object,
  ) => {
    addBulk(jobs: { name: string; data: object }[]): Promise<unknown>;
    close(): Promise<void>;
  };
  readonly Worker: new (
    name: string,
    work: (job: { updateProgress(progress: object): Promise<void> }) => Promise<unknown>,
    options: object,
  ) => { close(force?: boolean): Promise<void> };
  readonly QueueEvents: new (
    name: string,
    options: object,
  ) => {
    on(name: 'progress', see: (event: { data: { sentAt: number } }) => void): void;
    on(name: 'completed', see: () => void): void;
    waitUntilReady(): Promise<unknown>;
    close(): Promise<void>;
  };
}

const load = ({ folder }: Place): BullMq => createRequire(join(folder, 'package.json'))('bullmq') as BullMq;
const options = ({ port }: Place) => ({
  connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null },
});
const nowMs = (): number => performance.timeOrigin + performance.now();

const open: { close(): Promise<void> }[] = [];

answer(
  {
    /** Does `jobs` jobs at once, each of which reports `updates` times and waits for each report to be taken. */
    async work(place: Place & { jobs: number; updates: number; name: string }) {
      const { Queue, Worker } = load(place);
      const queue = new Queue(place.name, options(place));
      open.push(queue);
      await queue.addBulk(
        Array.from({ length: place.jobs }, (_, index) => ({ name: `job ${index}`, data: {} })),
      );
      const startedAt = nowMs();
      open.push(
        new Worker(
          place.name,
          async (job) => {
            for (let value = 1; value <= place.updates; value++)
              await job.updateProgress({ value, total: place.updates, sentAt: nowMs() });
            return 'done';
          },
          { ...options(place), concurrency: place.jobs },
        ),
      );
      return startedAt;
    },
    /** Settles when the watcher has seen all jobs end. */
    async watch(place: Place & { jobs: number; name: string }) {
      const { QueueEvents } = load(place);
      const events = new QueueEvents(place.name, options(place));
      open.push(events);
      const lagMs: number[] = [];
      const ended = new Promise<number>((resolve) => {
        let left = place.jobs;
        events.on('progress', ({ data }) => lagMs.push(nowMs() - data.sentAt));
        events.on('completed', () => {
          left -= 1;
          if (left === 0) resolve(nowMs());
        });
      });
      await events.waitUntilReady();
      return { endedAt: await ended, lagMs: Float64Array.from(lagMs) };
    },
    async stop() {
      await Promise.all(open.splice(0).map((each) => each.close()));
    },
  },
  async () => {
    await Promise.all(open.map((each) => each.close()));
  },
);
