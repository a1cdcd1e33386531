import { expect, onTestFinished, test } from 'vitest';
import { manualClock } from '../../test/support/manual-clock.ts';
import { tempFolder } from '../../test/support/test-host.ts';
import { createLogger } from '../base/log.ts';
import { runWrite, sampleRun } from '../store/contract/sample-assignments.ts';
import { sampleTask, taskWrite } from '../store/contract/sample-records.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { createTracker } from './tracker.ts';

async function setup() {
  const store = await openSqliteStore({ file: `${tempFolder()}/tracker.db` });
  const tracker = createTracker(store, manualClock(), createLogger('silent'));
  onTestFinished(async () => {
    await tracker.close();
    await store.close();
  });
  const task = sampleTask();
  const [change] = await store.writer.commit([taskWrite(task)], 'durable');
  if (change?.type !== 'task') throw new Error('a task was written');
  tracker.adopt([change.task]);
  return { store, tracker, task };
}

const ending = { status: 'completed', preview: 'done' } as const;

test('an end beside which something is refused is not noted: the task goes on, and can end later', async () => {
  const { store, tracker, task } = await setup();
  const run = sampleRun();
  const refused = runWrite(run, { expects: ['running'] }); // there is no such run
  await expect(tracker.note({ type: 'ended', taskId: task.id, ending }, [refused])).rejects.toMatchObject({
    code: 'run_taken',
  });
  expect(tracker.current(task.id)).toMatchObject({ status: 'working' });
  expect(await store.tasks.get(task.id)).toMatchObject({ status: 'working' });
  expect(await tracker.note({ type: 'ended', taskId: task.id, ending }, [runWrite(run)])).toMatchObject({
    ok: true,
  });
  expect(await store.tasks.get(task.id)).toMatchObject({ status: 'completed' });
});

test('what others have ended meanwhile is let go of, and its true end is still noted', async () => {
  const { store, tracker, task } = await setup();
  const lost = { ...task, status: 'lost' as const, endedAt: task.aliveAt };
  await store.writer.commit([taskWrite(lost)], 'durable');
  await tracker.refresh();
  expect(tracker.current(task.id)).toBeUndefined();
  expect(await tracker.note({ type: 'progressed', taskId: task.id, progress: { value: 1 } })).toEqual({
    ok: false,
    reason: 'already_ended',
  });
  await tracker.note({ type: 'ended', taskId: task.id, ending });
  expect(await store.tasks.get(task.id)).toMatchObject({ status: 'completed' });
});
