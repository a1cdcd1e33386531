import { expect, test } from 'vitest';
import type { Assignment, Session, Task } from '../data/types.ts';
import { exampleTask } from '../task/example-task.ts';
import { accountOf, isNews } from './account.ts';

const SINCE = Date.parse('2026-11-26T10:00:00.000Z');
const after = (minutes: number): string => new Date(SINCE + minutes * 60_000).toISOString();
const ended = (id: string, status: Task['status'], minutes: number): Task =>
  exampleTask({ id, status, endedAt: after(minutes) });
const assignment = (id: string, more: Partial<Assignment>): Assignment =>
  ({ id, title: id, state: 'on', ...more }) as Assignment;
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);

test('what ended since then is grouped by outcome, what went wrong first', () => {
  const { ended: groups } = accountOf(
    [
      ended('old', 'failed', -1),
      ended('a', 'completed', 1),
      ended('b', 'completed', 2),
      ended('c', 'failed', 3),
      exampleTask({ id: 'd', status: 'lost', aliveAt: after(4) }),
      { ...ended('part', 'failed', 5), parentId: 'c' },
    ],
    [],
    [],
    SINCE,
  );
  expect(groups.map(({ outcome, tasks }) => [outcome, ids(tasks)])).toEqual([
    ['failed', ['c']],
    ['lost', ['d']],
    ['completed', ['b', 'a']],
  ]);
});

test('what asks is not counted as running, also when it is a part', () => {
  const account = accountOf(
    [
      exampleTask({ id: 'runs' }),
      exampleTask({ id: 'asks', status: 'input_required', parentId: 'runs' }),
      exampleTask({ id: 'part', parentId: 'runs' }),
    ],
    [],
    [],
    SINCE,
  );
  expect([ids(account.running), ids(account.needs)]).toEqual([['runs'], ['asks']]);
  expect(isNews(account)).toBe(true);
});

test('what comes next, the soonest first; plans alone are no news', () => {
  const account = accountOf(
    [],
    [
      assignment('late', { nextDueAt: after(90) }),
      assignment('soon', { nextDueAt: after(5) }),
      assignment('paused', { state: 'paused', nextDueAt: after(1) }),
      assignment('event', {}),
    ],
    [],
    SINCE,
  );
  expect(ids(account.next)).toEqual(['soon', 'late']);
  expect(isNews(account)).toBe(false);
  expect(isNews(accountOf([], [assignment('off', { state: 'disabled' })], [], SINCE))).toBe(true);
  const chat = { id: 'chat' } as Session;
  expect(isNews(accountOf([], [], [chat], SINCE))).toBe(true);
});
