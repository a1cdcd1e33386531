import type { Figure } from '../report/figure.ts';
import { median, quantile } from '../report/statistics.ts';
import { type Open, tempFolder } from '../rig/open.ts';
import { startPostgres } from '../rig/postgres.ts';
import { startWorker, type Worker } from '../rig/worker.ts';
import type { Fired, Order } from '../workers/assignments.ts';
import type { Scene } from './scene.ts';

const LATEST_MS = 5_000;
/** At the same rate, for a part of the time: what comes before changes nothing for it. */
const SHARE = 0.1;

/**
 * Assignments that are due in one minute, and as many that are due at one moment: each is kept, becomes a task, makes
 * a call, ends and is told in a chat. Beside it croner, which calls a function.
 */
export const assignments: Scene = async ({ quick, open, say }) => {
  const count = quick ? 1_000 : 10_000;
  const minuteMs = quick ? 6_000 : 60_000;
  const order = (overMs: number): Order => ({ folder: tempFolder(open), count, inMs: 6_000, overMs });
  const figures: Figure[] = [];
  for (const [name, overMs] of [
    ['in one minute', minuteMs],
    ['at one moment', 0],
  ] as const) {
    say(`${count} due ${name}`);
    const worker = startWorker(open, 'assignments');
    const fired = await worker.ask<Fired>('assignments', order(overMs));
    await worker.close();
    const other = startWorker(open, 'assignments');
    const share = overMs === 0 ? 1 : SHARE;
    const theirs = await other.ask<Float64Array>('croner', {
      ...order(overMs * share),
      count: count * share,
      inMs: 1_000,
    });
    await other.close();
    figures.push(
      ...figuresOf(`${count.toLocaleString('en')} due ${name}`, fired, theirs, {
        count,
        hasTarget: overMs > 0,
        yardstick: 'croner, nothing kept',
      }),
    );
  }
  figures.push(...(await onPostgres({ count, minuteMs, open, say, order })));
  return figures;
};

/** The same on PostgreSQL, with one host and with three that share it, beside pg-boss alone. */
async function onPostgres(parts: {
  readonly count: number;
  readonly minuteMs: number;
  readonly open: Open;
  readonly say: (text: string) => void;
  readonly order: (overMs: number) => Order;
}): Promise<readonly Figure[]> {
  const { count, minuteMs, open, say, order } = parts;
  const postgres = await startPostgres(open);
  if (!postgres.ok) {
    say(`PostgreSQL is left out: ${postgres.reason}`);
    return [];
  }
  const alone = startWorker(open, 'assignments');
  say(`${count} jobs of pg-boss alone`);
  const theirs = await alone.ask<Float64Array>('pgBoss', {
    ...order(minuteMs * SHARE),
    count: count * SHARE,
    inMs: 1_000,
    url: await postgres.database('alone'),
  });
  await alone.close();
  const figures: Figure[] = [];
  for (const hosts of [1, 3]) {
    const name = `${count.toLocaleString('en')} due in one minute, PostgreSQL ${postgres.version}, ${hosts === 1 ? 'one host' : `${hosts} hosts`}`;
    say(name);
    const url = await postgres.database(`hosts_${hosts}`);
    const workers = Array.from({ length: hosts }, () => startWorker(open, 'assignments'));
    const [measured, ...others] = workers as [Worker, ...Worker[]];
    for (const [n, worker] of others.entries()) await worker.ask('join', { url, name: `other${n}` });
    const fired = await measured.ask<Fired>('assignments', { ...order(minuteMs), url, inMs: 10_000 });
    await Promise.all(others.map((worker) => worker.ask('leave')));
    await Promise.all(workers.map((worker) => worker.close()));
    figures.push(...figuresOf(name, fired, theirs, { count, hasTarget: true, yardstick: 'pg-boss alone' }));
  }
  say('hosts that are killed');
  const noticed: number[] = [];
  for (let round = 0; round < 3; round++) {
    const url = await postgres.database(`killed_${round}`);
    const [watching, victim] = [startWorker(open, 'assignments'), startWorker(open, 'assignments')];
    await victim.ask('join', { url, name: 'victim' });
    const taken = watching.ask<number>('takenOver', { url, name: 'watching' });
    const killedAt = victim.kill();
    noticed.push((await taken) - killedAt);
    await watching.close();
  }
  figures.push({
    scene: 'assignments',
    name: 'a host killed with SIGKILL: taken over by another after',
    value: median(noticed),
    unit: 'ms',
    target: { text: '≤ 10,000', met: Math.max(...noticed) <= 10_000 },
    note: `slowest of ${noticed.length}: ${Math.max(...noticed)} ms`,
  });
  return figures;
}

function figuresOf(
  name: string,
  fired: Fired,
  theirs: Float64Array,
  {
    count,
    hasTarget,
    yardstick,
  }: { readonly count: number; readonly hasTarget: boolean; readonly yardstick: string },
): Figure[] {
  const { once, twice, completed, keptLateMs, begunLateMs, tookMs, cpuMs } = fired;
  const scene = 'assignments';
  const pair = (what: string, share: number, more: Partial<Figure> = {}): Figure => ({
    scene,
    name: `${name}: begun later than due, ${what}`,
    value: quantile(begunLateMs, share),
    unit: 'ms',
    yardstick: { name: yardstick, value: quantile(theirs, share) },
    ...more,
  });
  const wrong = count - once + twice + (count - completed);
  const latest = quantile(begunLateMs, 1);
  return [
    {
      scene,
      name: `${name}: not fired, fired twice or not completed`,
      value: wrong,
      unit: 'of them',
      target: { text: '0', met: wrong === 0 },
    },
    pair('p50', 0.5),
    pair('p99', 0.99),
    pair('latest', 1, {
      ...(hasTarget && {
        target: { text: `≤ ${LATEST_MS.toLocaleString('en')}`, met: latest <= LATEST_MS },
      }),
      note: `kept as due: p50 ${quantile(keptLateMs, 0.5).toFixed(0)} ms, latest ${quantile(keptLateMs, 1).toFixed(0)} ms after`,
    }),
    {
      scene,
      name: `${name}: fired, run and told`,
      value: (count * 1_000) / tookMs,
      unit: 'per second',
      note: `${(cpuMs / count).toFixed(2)} ms of CPU each`,
    },
  ];
}
