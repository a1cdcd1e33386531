import { join } from 'node:path';
import { folderWith } from '../rig/host.ts';
import { startWorker } from '../rig/worker.ts';
import type { SceneOptions } from './scene.ts';

const TASKS = 1_000_000;
const QUICK_TASKS = 50_000;

export interface FilledFolder {
  readonly folder: string;
  readonly tasks: number;
  readonly rowsPerSecond: number;
}

/** A data folder whose database holds a million ended tasks; a twentieth of that for a quick look. */
export async function filledFolder({
  quick,
  open,
  say,
}: Pick<SceneOptions, 'quick' | 'open' | 'say'>): Promise<FilledFolder> {
  const tasks = quick ? QUICK_TASKS : TASKS;
  const folder = folderWith(open, {});
  say(`writing ${tasks.toLocaleString('en')} tasks`);
  const filler = startWorker(open, 'fill');
  const rowsPerSecond = await filler.ask<number>('fill', { file: join(folder, 'meanwhile.db'), tasks });
  await filler.close();
  return { folder, tasks, rowsPerSecond };
}
