import { median, quantile } from '../report/statistics.ts';
import type { BenchHost } from '../rig/host.ts';
import type { Worker } from '../rig/worker.ts';
import type { Watched } from '../workers/event-reader.ts';
import type { HostUsage } from '../workers/host.ts';

export const TASKS = 100;
const GRACE_MS = 15_000;

/** What came of one storm of progress through a host. */
export interface ProgressRun {
  /** Updates per second, from the first sending to the last end that the reader saw. */
  readonly rate: number;
  /** CPU seconds of the host per second. */
  readonly cores: number;
  readonly lagP50Ms: number;
  readonly lagP95Ms: number;
  /** Whether the updates of the last third were not older than those before, give or take a frame. */
  readonly steady: boolean;
  /** Ends that the reader did not see, and tasks whose last value is not the last one sent. */
  readonly lost: number;
  readonly wrong: number;
  /** How far behind the generator the last end arrived. */
  readonly behindMs: number;
}

/** Has `TASKS` calls report `updates` times each, together at a rate (0: as fast as can be), and watches. */
export async function progressRun(
  parts: { host: BenchHost; client: Worker; reader: Worker },
  updates: number,
  ratePerSecond: number,
): Promise<ProgressRun> {
  const { host, client, reader } = parts;
  await reader.ask('begin', TASKS);
  const before = await host.worker.ask<HostUsage>('usage');
  await client.ask('together', {
    url: host.url,
    token: host.token,
    method: 'POST',
    paths: ['/api/servers/steady/tools/report'],
    body: { arguments: { calls: TASKS, updates, ratePerSecond } },
    count: TASKS,
  });
  const expectedMs = ratePerSecond === 0 ? 0 : (TASKS * updates * 1_000) / ratePerSecond;
  const watched = await reader.ask<Watched>('watched', expectedMs + GRACE_MS);
  const after = await host.worker.ask<HostUsage>('usage');

  const results = watched.ends.map(
    ({ result }) => JSON.parse(result ?? '{}') as { startedAt?: number; endedAt?: number },
  );
  const startedAt = Math.min(...results.map((result) => result.startedAt ?? Number.POSITIVE_INFINITY));
  const endedAt = Math.max(...results.map((result) => result.endedAt ?? 0));
  return {
    rate: (TASKS * updates * 1_000) / (watched.lastEndAt - startedAt),
    cores: (after.cpuMs - before.cpuMs) / (after.atMs - before.atMs),
    lagP50Ms: median(watched.lagMs),
    lagP95Ms: quantile(watched.lagMs, 0.95),
    steady: isSteady(watched),
    lost: TASKS - watched.ends.length,
    wrong: watched.ends.filter(({ status, value }) => status !== 'completed' || value !== updates).length,
    behindMs: watched.lastEndAt - endedAt,
  };
}

function isSteady({ lagMs }: Watched): boolean {
  const third = Math.floor(lagMs.length / 3);
  if (third === 0) return false;
  return median(lagMs.subarray(-third)) <= median(lagMs.subarray(third, 2 * third)) * 1.5 + 50;
}
