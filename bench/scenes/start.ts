import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWebBuild } from '../../src/host/web-build.ts';
import type { Figure } from '../report/figure.ts';
import { median } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { type Open, tempFolder } from '../rig/open.ts';
import { ROOT } from '../rig/paths.ts';
import { startTime } from '../rig/start-time.ts';
import type { Scene } from './scene.ts';

const MOST_COLD_MS = 3_000;
const MOST_WARM_MS = 1_000;
const HOST = ['src/views/cli/main.ts', 'start', '--port', '{port}'];
const BARE = "require('node:http').createServer((_, answer) => answer.end('{}')).listen({port}, '127.0.0.1')";

/** From the start of the process to the first answers: a fresh folder, a used one, and one with many tasks. */
export const start: Scene = async ({ quick, open, filled, say }) => {
  if (!existsSync(join(ROOT, 'src/views/web/vite.config.ts'))) {
    say('left out: there are no pages to serve');
    return [];
  }
  await ensureWebBuild(ROOT, say);
  const many = await filled();
  const used = tempFolder(open);
  const host = (folder: () => string) => () => inside((within) => startTime(within, HOST, folder()));
  say('starting hosts');
  await host(() => used)();
  const rows = await alternate(quick ? 3 : 5, {
    bare: () => inside((within) => startTime(within, ['-e', BARE])),
    cold: () => inside((within) => startTime(within, HOST, tempFolder(within))),
    warm: host(() => used),
    filled: host(() => many.folder),
  });
  const bareMs = median(rows.bare.map(({ healthMs }) => healthMs));
  const figure = (
    name: string,
    runs: (typeof rows)['warm'],
    answer: 'healthMs' | 'tasksMs',
    most: number,
  ): Figure => {
    const value = median(runs.map((run) => run[answer]));
    return {
      scene: 'start',
      name: `${name}, to the first ${answer === 'healthMs' ? '/healthz' : '/api/tasks'}`,
      value,
      unit: 'ms',
      yardstick: { name: 'bare node:http', value: bareMs },
      target: { text: `≤ ${most}`, met: value <= most },
    };
  };
  return [
    figure('fresh folder', rows.cold, 'healthMs', MOST_COLD_MS),
    figure('fresh folder', rows.cold, 'tasksMs', MOST_COLD_MS),
    figure('second start', rows.warm, 'healthMs', MOST_WARM_MS),
    figure('second start', rows.warm, 'tasksMs', MOST_WARM_MS),
    figure(`with ${many.tasks.toLocaleString('en')} tasks`, rows.filled, 'tasksMs', MOST_WARM_MS),
  ];
};

/** Ends what one start has opened before the next one begins. */
async function inside<T>(run: (open: Open) => Promise<T>): Promise<T> {
  await using open = new AsyncDisposableStack();
  return await run(open);
}
