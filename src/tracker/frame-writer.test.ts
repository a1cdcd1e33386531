import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../test/support/eventually.ts';
import { manualClock } from '../../test/support/manual-clock.ts';
import { tempFolder } from '../../test/support/test-host.ts';
import { createLogger } from '../base/log.ts';
import { sampleTask } from '../store/contract/sample-records.ts';
import type { Change, Store, Unnumbered } from '../store/ports.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Task } from '../task/task.ts';
import { frameWriter } from './frame-writer.ts';

async function setup(change: (store: Store) => Store = (store) => store) {
  const store = await openSqliteStore({ file: `${tempFolder()}/frames.db` });
  onTestFinished(() => store.close());
  const clock = manualClock();
  const tasks = new Map<string, Unnumbered<Task>>();
  const commits: (readonly Change[])[] = [];
  store.writer.onCommit((changes) => commits.push(changes));
  const frames = frameWriter({
    store: change(store),
    clock,
    log: createLogger('silent'),
    current: (id) => tasks.get(id),
  });
  const move = (task: Unnumbered<Task>, value: number, message?: string) => {
    tasks.set(task.id, { ...task, progress: { value, message } });
    frames.touch(task.id);
  };
  const logOf = async (id: string) =>
    (await store.log.read({ taskId: id, after: 0, limit: 1_000 })).map(({ text }) => text);
  return { store, clock, tasks, commits, frames, move, logOf };
}

test('however many updates come, a frame writes one newest state per task in one commit', async () => {
  const { clock, commits, move } = await setup();
  const [one, two] = [sampleTask(), sampleTask()];
  for (let value = 1; value <= 1_000; value++) {
    move(one, value);
    move(two, value * 2);
  }
  expect(commits).toEqual([]);
  clock.advance(15);
  expect(commits).toEqual([]);
  clock.advance(1);
  await eventually(() => commits.length > 0);
  expect(commits).toHaveLength(1);
  expect(commits[0]).toMatchObject([
    { task: { id: one.id, progress: { value: 1_000 } } },
    { task: { id: two.id, progress: { value: 2_000 } } },
  ]);
});

test('what changes after a frame comes with the next', async () => {
  const { clock, commits, move } = await setup();
  const task = sampleTask();
  for (const value of [1, 2, 3]) {
    move(task, value);
    clock.advance(100);
    await eventually(() => commits.length === value);
  }
  expect(commits.at(-1)).toMatchObject([{ task: { progress: { value: 3 } } }]);
  clock.advance(10_000);
  expect(commits).toHaveLength(3); // nothing new, nothing written
});

test('a task that is written by other means is not written again', async () => {
  const { clock, commits, frames, move } = await setup();
  const [ended, other] = [sampleTask(), sampleTask()];
  move(ended, 1);
  move(other, 1);
  frames.settled(ended.id);
  clock.advance(100);
  await eventually(() => commits.length > 0);
  expect(commits.flat().map((change) => change.type === 'task' && change.task.id)).toEqual([other.id]);
});

test('each message goes into the log once, and a flood is counted', async () => {
  const { clock, tasks, frames, move, logOf } = await setup();
  const task = sampleTask();
  move(task, 1, 'copying');
  move(task, 2, 'copying');
  clock.advance(100);
  await eventually(async () => (await logOf(task.id)).length === 1);
  frames.log(
    task.id,
    Array.from({ length: 700 }, (_, i) => ({ kind: 'output' as const, text: `line ${i}` })),
  );
  tasks.set(task.id, { ...task, progress: { value: 3, message: 'copying' } });
  clock.advance(100);
  const log = await eventually(async () => (await logOf(task.id)).length > 1 && logOf(task.id));
  expect(log).toHaveLength(1 + 500 + 1);
  expect(log[0]).toBe('copying');
  expect(log.at(-1)).toBe('… 200 lines not kept (too fast)');
});

test('a frame that cannot be written harms nobody; the next brings the newest state', async () => {
  let broken = true;
  const { clock, commits, move } = await setup((store) => ({
    ...store,
    writer: {
      ...store.writer,
      commit: (...given) => (broken ? Promise.reject(new Error('full')) : store.writer.commit(...given)),
    },
  }));
  const task = sampleTask();
  move(task, 1);
  clock.advance(100);
  broken = false;
  move(task, 2);
  await eventually(() => {
    clock.advance(100);
    return commits.length > 0;
  });
  expect(commits).toMatchObject([[{ task: { progress: { value: 2 } } }]]);
});

test('closing writes what is still in memory', async () => {
  const { commits, frames, move } = await setup();
  move(sampleTask(), 7);
  await frames.close();
  expect(commits).toMatchObject([[{ task: { progress: { value: 7 } } }]]);
});

test('a log takes the newest message once a second, and always the last one', async () => {
  const { clock, commits, frames, move, logOf, tasks } = await setup();
  const task = sampleTask();
  for (let step = 1; step <= 25; step++) {
    move(task, step, `step ${step}`);
    clock.advance(100);
    await eventually(() => commits.length === step);
  }
  tasks.set(task.id, {
    ...task,
    progress: { value: 26, message: 'step 26' },
    endedAt: '2026-01-01T00:00:03Z',
  });
  frames.settled(task.id);
  await frames.close();
  expect(await logOf(task.id)).toEqual(['step 1', 'step 11', 'step 21', 'step 26']);
});
