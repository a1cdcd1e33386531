import type { RunQueue, RunQueueParts } from '../sources/assignments/runs/run-queue.ts';
import { databaseUrl } from './open-store.ts';

/** The queue of the runs of assignments: pg-boss on PostgreSQL, otherwise nothing, for the source has its own. */
export async function runQueue(
  env: NodeJS.ProcessEnv,
): Promise<((parts: RunQueueParts) => RunQueue) | undefined> {
  const url = databaseUrl(env);
  if (url === undefined) return undefined;
  const { pgBossQueue } = await import('../sources/assignments/runs/pg-boss-queue.ts');
  return (parts) => pgBossQueue(parts, url);
}
