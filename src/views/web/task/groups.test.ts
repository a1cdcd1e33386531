import { expect, test } from 'vitest';
import { exampleTask } from './example-task.ts';
import { groupTasks, planCancel, splitTasks } from './groups.ts';

const now = new Date(2026, 10, 23, 15, 0).getTime();
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const made = (id: string, minutes: number, more: Parameters<typeof exampleTask>[0] = {}) =>
  exampleTask({ id, createdAt: minutesAgo(minutes), ...more });
const ids = (tasks: readonly { id: string }[]) => tasks.map((task) => task.id).join(' ');

test('need-first, running by creation, ended newest first, empty groups left out', () => {
  const groups = groupTasks(
    [
      made('late', 1),
      made('early', 9),
      made('asks', 5, { status: 'input_required' }),
      made('bad', 3, { status: 'failed', endedAt: minutesAgo(2) }),
      made('gone', 4, { status: 'lost', endedAt: minutesAgo(1) }),
      made('old', 9_000, { status: 'failed', endedAt: minutesAgo(8_000) }),
      made('done', 8, { status: 'completed', endedAt: minutesAgo(2) }),
    ],
    now,
  );
  expect(groups.map((group) => `${group.name}: ${ids(group.tasks)}`)).toEqual([
    'needs: asks',
    'failed: bad gone',
    'running: early late',
    'ended: done old',
  ]);
  expect(groupTasks([], now)).toEqual([]);
});

test('the panel shows what goes on by creation and what ended by its end', () => {
  const split = splitTasks([
    made('b', 2),
    made('a', 3),
    made('first', 9, { status: 'completed', endedAt: minutesAgo(1) }),
    made('second', 1, { status: 'cancelled', endedAt: minutesAgo(5) }),
  ]);
  expect(ids(split.active)).toBe('a b');
  expect(ids(split.ended)).toBe('first second');
});

test('a plan says what cancelling would hit and what not', () => {
  const plan = planCancel([
    made('yes', 1),
    made('no', 1, { cancel: { support: 'none' } }),
    made('asked', 1, { cancel: { support: 'request', requestedAt: minutesAgo(1) } }),
    made('over', 1, { status: 'completed' }),
  ]);
  expect({ ...plan, stoppable: ids(plan.stoppable) }).toEqual({
    stoppable: 'yes',
    unsupported: 1,
    ended: 1,
    asked: 1,
  });
});
