import type { Figure } from '../report/figure.ts';
import { median } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { folderWith, startBenchHost } from '../rig/host.ts';
import { STEADY_SERVER } from '../rig/paths.ts';
import { startWorker } from '../rig/worker.ts';
import { bullMqRuns } from './bullmq-run.ts';
import { type ProgressRun, progressRun, TASKS } from './progress-run.ts';
import type { Scene } from './scene.ts';

const ENTRY = { command: process.execPath, args: [STEADY_SERVER] };
const RATE = 2_000;
const MOST_CORES = 1;
const MOST_LAG_MS = 75;
const LEAST_SHARE = 0.7;
const BEHIND_MS = 500;

/** Progress of 100 running tasks to one reader: at a usual rate, and as fast as it goes. */
export const progress: Scene = async ({ quick, open, say }) => {
  const host = await startBenchHost(open, folderWith(open, { steady: ENTRY }));
  const client = startWorker(open, 'http-client');
  const reader = startWorker(open, 'event-reader');
  await reader.ask('open', { url: host.url, token: host.token });
  const raw = startWorker(open, 'raw-progress');
  await raw.ask('start', ENTRY);
  const bullMq = await bullMqRuns(open);
  if (typeof bullMq === 'string') say(`without BullMQ: ${bullMq}`);
  /** Every run through Meanwhile counts here, those that cannot keep up included. */
  let losses = 0;
  const run = async (updates: number, rate: number) => {
    const done = await progressRun({ host, client, reader }, updates, rate);
    losses += done.lost + done.wrong;
    return done;
  };

  const seconds = quick ? 2 : 5;
  const rounds = 3;
  say(`warming up, then ${rounds} times ${seconds} s of ${RATE} updates/s`);
  await run(RATE / TASKS, RATE);
  const usual: ProgressRun[] = [];
  for (let round = 0; round < rounds; round++) usual.push(await run((RATE * seconds) / TASKS, RATE));

  const updates = quick ? 500 : 2_000;
  say(`as fast as it goes: ${rounds} times ${updates * TASKS} updates, beside the others`);
  const fast = await alternate(rounds, {
    host: async () => ({ ...(await run(updates, 0)) }),
    raw: async () => {
      const counted = await raw.ask<{ received: number; ms: number }>('count', {
        calls: TASKS,
        updates,
        ratePerSecond: 0,
      });
      return { rate: (counted.received * 1_000) / counted.ms, missed: TASKS * updates - counted.received };
    },
    bullMq: async () => (typeof bullMq === 'string' ? undefined : bullMq.run(updates / 2)),
  });
  const mid = <T>(runs: readonly T[], value: (run: T) => number) => median(runs.map(value));
  const top = mid(fast.host, ({ rate }) => rate);
  const held = await highestHeld(run, top, quick ? 2 : 4, say);

  const rawRate = mid(fast.raw, ({ rate }) => rate);
  const missed = fast.raw.reduce((sum, each) => sum + each.missed, 0);
  const jobs = fast.bullMq.filter((each) => each !== undefined);
  const at = (name: string, more: Omit<Figure, 'scene' | 'name'>): Figure => ({
    scene: 'progress',
    name,
    ...more,
  });
  const lagP95Ms = mid(usual, (each) => each.lagP95Ms);
  const cores = mid(usual, (each) => each.cores);
  return [
    at(`${RATE} updates/s: CPU of the host`, {
      value: cores,
      unit: 'cores',
      target: { text: `< ${MOST_CORES}`, met: cores < MOST_CORES },
    }),
    at(`${RATE} updates/s: update to reader, p95`, {
      value: lagP95Ms,
      unit: 'ms',
      target: { text: `≤ ${MOST_LAG_MS}`, met: lagP95Ms <= MOST_LAG_MS },
      note: `p50 ${mid(usual, (each) => each.lagP50Ms).toFixed(1)} ms`,
    }),
    at('ends lost, or last values wrong, of all runs', {
      value: losses,
      unit: '',
      target: { text: '0', met: losses === 0 },
    }),
    at('as fast as it goes', {
      value: top,
      unit: 'updates/s',
      yardstick: { name: 'raw client', value: rawRate },
      target: { text: `≥ ${LEAST_SHARE} ×`, met: top >= rawRate * LEAST_SHARE },
      note: `the raw client missed ${missed} of ${TASKS * updates * fast.raw.length} updates`,
    }),
    at('as fast as it goes, update to reader, p95', {
      value: mid(fast.host, (each) => each.lagP95Ms),
      unit: 'ms',
      ...(jobs.length === 0
        ? {}
        : { yardstick: { name: 'BullMQ', value: mid(jobs, (each) => each.lagP95Ms) } }),
    }),
    at('highest rate held, no growing backlog', {
      value: held,
      unit: 'updates/s',
      ...(jobs.length === 0
        ? { note: `BullMQ was not measured: ${bullMq}` }
        : {
            yardstick: { name: 'BullMQ', value: mid(jobs, ({ rate }) => rate) },
            note: `BullMQ 6.7.0 on Redis ${(bullMq as { version: string }).version} without persistence, as fast as it goes, half as many updates`,
          }),
    }),
  ];
};

/** Steps down from the top speed until a paced run keeps up: no end lost, no value wrong, no backlog that grows. */
async function highestHeld(
  run: (updates: number, rate: number) => Promise<ProgressRun>,
  top: number,
  seconds: number,
  say: (text: string) => void,
): Promise<number> {
  for (const share of [0.95, 0.85, 0.75, 0.6, 0.45]) {
    const rate = Math.round((top * share) / 1_000) * 1_000;
    say(`can it hold ${rate.toLocaleString('en')} updates/s for ${seconds} s`);
    const tried = await run(Math.round((rate * seconds) / TASKS), rate);
    const faults = [
      tried.lost + tried.wrong > 0 && `${tried.lost} ends lost, ${tried.wrong} last values wrong`,
      !tried.steady && 'updates grew older',
      tried.behindMs >= BEHIND_MS && `the last end was ${Math.round(tried.behindMs)} ms behind`,
      tried.rate <= rate * 0.9 && `only ${Math.round(tried.rate).toLocaleString('en')} updates/s got through`,
    ].filter((fault) => fault !== false);
    if (faults.length === 0) return tried.rate;
    say(`no: ${faults.join(', ')}`);
  }
  return Number.NaN;
}
