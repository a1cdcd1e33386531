import type { Figure } from '../report/figure.ts';
import { quantile } from '../report/statistics.ts';
import { tempFolder } from '../rig/open.ts';
import { startWorker } from '../rig/worker.ts';
import type { Fired, Order } from '../workers/assignments.ts';
import type { Scene } from './scene.ts';

const LATEST_MS = 5_000;
const YARDSTICK = 'croner, nothing kept';

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
    // At the same rate, for a part of the time: what comes before changes nothing for it.
    const share = overMs === 0 ? 1 : 0.1;
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
      }),
    );
  }
  return figures;
};

function figuresOf(
  name: string,
  fired: Fired,
  theirs: Float64Array,
  { count, hasTarget }: { readonly count: number; readonly hasTarget: boolean },
): Figure[] {
  const { once, twice, completed, keptLateMs, begunLateMs, tookMs, cpuMs } = fired;
  const scene = 'assignments';
  const pair = (what: string, share: number, more: Partial<Figure> = {}): Figure => ({
    scene,
    name: `${name}: begun later than due, ${what}`,
    value: quantile(begunLateMs, share),
    unit: 'ms',
    yardstick: { name: YARDSTICK, value: quantile(theirs, share) },
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
