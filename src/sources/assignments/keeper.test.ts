import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/support/test-host.ts';
import { assignmentWrite, sampleAssignment } from '../../store/contract/sample-assignments.ts';
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts';
import { createKeeper } from './keeper.ts';

async function setup() {
  const store = await openSqliteStore({ file: `${tempFolder()}/keeper.db` });
  onTestFinished(() => store.close());
  const assignment = sampleAssignment({ failuresInRow: 0 });
  await store.writer.commit([assignmentWrite(assignment)], 'durable');
  return { store, id: assignment.id };
}

test('of changes that come at once none is lost, nor when two keepers make them', async () => {
  const { store, id } = await setup();
  const keepers = [createKeeper(store), createKeeper(store)]; // as those of two hosts
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      keepers[n % 2]!.change(id, async (assignment) => {
        await new Promise((resolve) => setImmediate(resolve));
        return { assignment: { ...assignment, failuresInRow: assignment.failuresInRow + 1 } };
      }),
    ),
  );
  expect((await store.assignments.get(id))?.failuresInRow).toBe(40);
});

test('what can never be written is told instead of tried for ever', async () => {
  const { store, id } = await setup();
  const keeper = createKeeper(store);
  const [stale] = await store.writer.commit([assignmentWrite(sampleAssignment({ id }))], 'durable');
  await expect(
    keeper.alone(id, () =>
      store.writer.commit(
        [{ type: 'assignment', assignment: sampleAssignment({ id }), expectsSeq: stale!.seq - 1 }],
        'durable',
      ),
    ),
  ).rejects.toMatchObject({ code: 'assignment_changed' });
});
