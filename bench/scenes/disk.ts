import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../src/base/ids.ts';
import type { Durability, Store, Unnumbered, Write } from '../../src/store/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import type { Task } from '../../src/task/task.ts';
import type { Figure } from '../report/figure.ts';
import { median } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { tempFolder } from '../rig/open.ts';
import { rawTable } from '../rig/raw-table.ts';
import type { Scene } from './scene.ts';

const BATCH = 100;

/** What the disk and the engine give, and what the store makes of it. */
export const disk: Scene = async ({ quick, open, say }) => {
  const folder = tempFolder(open);
  const writes = quick ? 200 : 1_000;
  const raw = rawTable(join(folder, 'raw.db'));
  open.defer(() => raw.close());
  const store = await openSqliteStore({ file: join(folder, 'store.db') });
  open.defer(() => store.close());
  const task = runningTask(0);
  let value = 0;
  /** What did not change would not be written. */
  const moved = (tasks: readonly Unnumbered<Task>[]) => {
    value += 1;
    return tasks.map((each) => ({ ...each, progress: { value } }));
  };
  say(`${writes} writes each`);
  const perSecond = async (count: number, once: () => unknown) => {
    const startedMs = performance.now();
    for (let n = 0; n < count; n++) await once();
    return (count * 1_000) / (performance.now() - startedMs);
  };
  const batch = Array.from({ length: BATCH }, (_, n) => runningTask(n));
  const contestants = {
    sync: () => syncs(join(folder, 'plain'), writes),
    rawDurable: () => perSecond(writes, () => raw.put('full', moved([task]))),
    storeDurable: () => perSecond(writes, () => commit(store, moved([task]), 'durable')),
    rawQuick: () => perSecond(writes, () => raw.put('normal', moved([task]))),
    storeQuick: () => perSecond(writes, () => commit(store, moved([task]), 'quick')),
    rawBatch: async () => BATCH * (await perSecond(writes / 10, () => raw.put('normal', moved(batch)))),
    storeBatch: async () =>
      BATCH * (await perSecond(writes / 10, () => commit(store, moved(batch), 'quick'))),
  };
  await alternate(1, contestants);
  const rows = await alternate(3, contestants);
  const figure = (name: string, ours: keyof typeof rows, theirs?: keyof typeof rows): Figure => ({
    scene: 'disk',
    name,
    value: median(rows[ours]),
    unit: 'per second',
    ...(theirs === undefined
      ? {}
      : { yardstick: { name: 'raw SQLite, one table', value: median(rows[theirs]) } }),
    note: `${(1_000 / median(rows[ours])).toFixed(3)} ms each`,
  });
  return [
    figure('4 KB written and synced', 'sync'),
    figure('durable commits of one task', 'storeDurable', 'rawDurable'),
    figure('quick commits of one task', 'storeQuick', 'rawQuick'),
    figure(`tasks in quick commits of ${BATCH}`, 'storeBatch', 'rawBatch'),
  ];
};

function syncs(file: string, count: number): Promise<number> {
  const descriptor = openSync(file, 'a');
  const page = Buffer.alloc(4_096, 1);
  const startedMs = performance.now();
  for (let n = 0; n < count; n++) {
    writeSync(descriptor, page);
    fdatasyncSync(descriptor);
  }
  closeSync(descriptor);
  return Promise.resolve((count * 1_000) / (performance.now() - startedMs));
}

/** As progress does it: the task is there already and moves on. */
const commit = (store: Store, tasks: readonly Unnumbered<Task>[], durability: Durability) =>
  store.writer.commit(
    tasks.map((task): Write => ({ type: 'task', task })),
    durability,
  );

function runningTask(n: number): Unnumbered<Task> {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id: newId('task'),
    title: `Index the photos of ${1990 + n}`,
    source: { type: 'mcp', server: 'files', tool: 'index', args: { folder: '/home/anna/photos' } },
    sessionId: 'sess_bench',
    status: 'working',
    progress: { value: n, total: 100, message: `photo ${n} of 100` },
    cancel: { support: 'request' },
    createdAt: at,
    startedAt: at,
    aliveAt: at,
    delivery: { state: 'pending' },
  };
}
