import { expect, test } from 'vitest';
import type { Task } from '../../../task/task.ts';
import { SAMPLE_TIME, sampleTask } from '../test/sample-task.ts';
import { boardLines, boardOf } from './board.ts';
import { unpainted } from './colour.ts';

const at = (seconds: number) => new Date(SAMPLE_TIME + seconds * 1_000).toISOString();
const running = (name: string, seconds: number, more: Partial<Task> = {}) =>
  sampleTask({ id: `task_${name}`, title: name, createdAt: at(seconds), ...more });
const ended = (name: string, seconds: number) =>
  sampleTask({ id: `task_${name}`, title: name, status: 'completed', endedAt: at(seconds) });
const frame = { columns: 80, now: SAMPLE_TIME, step: 0, paint: unpainted };
const titles = (tasks: readonly Task[]) => tasks.map(({ title }) => title);

test('running rows keep the order of creation, those that need an answer stand first, ended ones newest first', () => {
  const asking = running('asks', 3, { status: 'input_required' });
  const board = boardOf([
    ended('e1', 1),
    running('r2', 2),
    ended('e2', 2),
    running('r1', 1, { seq: 99 }),
    asking,
  ]);
  expect(titles(board.active)).toEqual(['asks', 'r1', 'r2']);
  expect(titles(board.ended)).toEqual(['e2', 'e1']);
});

test('an empty board teaches, and a filtered one says that it is filtered', () => {
  const board = boardOf([]);
  expect(boardLines(board, frame)).toEqual([
    'Nothing is running. Long work by the assistant appears here by itself.',
  ]);
  expect(boardLines(board, frame, { filter: { server: 'git' } })).toEqual(['No task fits the filters.']);
});

test.each([
  [20, 3, 2],
  [8, 3, 2],
  [7, 3, 2],
  [6, 3, 1],
  [5, 1, 1],
])('%i rows show %i running and %i ended', (rows, active, endedShown) => {
  const board = boardOf(
    [1, 2, 3].flatMap((n) => [running(`run${n}`, n), ...(n < 3 ? [ended(`end${n}`, n)] : [])]),
  );
  const lines = boardLines(board, frame, { rows });
  expect(lines.length).toBeLessThanOrEqual(rows);
  expect(lines.filter((line) => line.includes('● running'))).toHaveLength(active);
  expect(lines.filter((line) => line.includes('✔ completed'))).toHaveLength(endedShown);
  expect(lines.some((line) => line === `… and ${3 - active} more running`)).toBe(active < 3);
});
