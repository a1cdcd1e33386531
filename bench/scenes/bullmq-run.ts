import { median, quantile } from '../report/statistics.ts';
import type { Open } from '../rig/open.ts';
import { startRedis } from '../rig/redis.ts';
import { startWorker } from '../rig/worker.ts';
import { TASKS } from './progress-run.ts';

export interface BullMqRun {
  /** Updates per second, from the first to the last end that the watcher saw. */
  readonly rate: number;
  readonly lagP50Ms: number;
  readonly lagP95Ms: number;
}

export interface BullMqRuns {
  readonly version: string;
  run(updates: number): Promise<BullMqRun>;
}

/** @returns how to run the same storm through BullMQ, or the reason why that cannot be done here */
export async function bullMqRuns(open: Open): Promise<BullMqRuns | string> {
  const redis = await startRedis(open);
  if (!redis.ok) return redis.reason;
  const { folder, port, version } = redis;
  const worker = startWorker(open, 'bullmq');
  const watcher = startWorker(open, 'bullmq');
  let n = 0;
  return {
    version,
    async run(updates) {
      n += 1;
      const place = { folder, port, jobs: TASKS, updates, name: `bench-${n}` };
      const watching = watcher.ask<{ endedAt: number; lagMs: Float64Array }>('watch', place);
      watching.catch(() => {}); // seen where it is awaited
      const startedAt = await worker.ask<number>('work', place);
      const { endedAt, lagMs } = await watching;
      await Promise.all([worker.ask('stop'), watcher.ask('stop')]);
      return {
        rate: (TASKS * updates * 1_000) / (endedAt - startedAt),
        lagP50Ms: median(lagMs),
        lagP95Ms: quantile(lagMs, 0.95),
      };
    },
  };
}
