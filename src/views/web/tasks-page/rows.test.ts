import { expect, test } from 'vitest';
import { exampleTask } from '../task/example-task.ts';
import { nextTaskRow, sameRows, toRows } from './rows.ts';

const rows = toRows([
  { name: 'needs', tasks: [exampleTask({ id: 'a' })] },
  { name: 'ended', tasks: [exampleTask({ id: 'b' }), exampleTask({ id: 'c' })] },
]);

test('groups become heads and rows', () => {
  expect(rows.map((row) => (row.type === 'head' ? `${row.name} ${row.count}` : row.id))).toEqual([
    'needs 1',
    'a',
    'ended 2',
    'b',
    'c',
  ]);
});

test('the keys go from task to task, over heads, and stop at both ends', () => {
  expect(nextTaskRow(rows, -1, 1)).toBe(1);
  expect(nextTaskRow(rows, 1, 1)).toBe(3);
  expect(nextTaskRow(rows, 3, -1)).toBe(1);
  expect(nextTaskRow(rows, 1, -1)).toBe(1);
  expect(nextTaskRow(rows, 4, 1)).toBe(4);
});

test('rows are the same when they show the same lines', () => {
  const task = exampleTask({ id: 'a' });
  const one = toRows([{ name: 'running', tasks: [task] }]);
  expect(sameRows(one, toRows([{ name: 'running', tasks: [{ ...task, seq: 9 }] }]))).toBe(true);
  expect(sameRows(one, toRows([{ name: 'ended', tasks: [task] }]))).toBe(false);
  expect(sameRows(one, toRows([{ name: 'running', tasks: [task, exampleTask({ id: 'b' })] }]))).toBe(false);
  expect(sameRows(one, [])).toBe(false);
});
