import { expect, test } from 'vitest';
import { createTable, mergeRecord } from './record-table.ts';

interface Row {
  readonly id: string;
  readonly seq: number;
  readonly gone?: boolean;
}
const rules = { id: (row: Row) => row.id, seq: (row: Row) => row.seq, gone: (row: Row) => row.gone === true };

test('only a higher seq replaces', () => {
  const table = createTable<Row>();
  expect(mergeRecord(table, { id: 'a', seq: 5 }, rules)).toBe(true);
  expect(mergeRecord(table, { id: 'a', seq: 4 }, rules)).toBe(false);
  expect(mergeRecord(table, { id: 'a', seq: 5 }, rules)).toBe(false);
  expect(mergeRecord(table, { id: 'a', seq: 6 }, rules)).toBe(true);
  expect(table.rows.get('a')?.seq).toBe(6);
});

test('what vanished is not brought back by an older answer, and can come anew', () => {
  const table = createTable<Row>();
  mergeRecord(table, { id: 'a', seq: 1 }, rules);
  expect(mergeRecord(table, { id: 'a', seq: 3, gone: true }, rules)).toBe(true);
  expect(mergeRecord(table, { id: 'a', seq: 2 }, rules)).toBe(false);
  expect(table.rows.size).toBe(0);
  expect(mergeRecord(table, { id: 'a', seq: 4 }, rules)).toBe(true);
  expect(table.rows.size).toBe(1);
});

test('news of the end of something never seen changes nothing that is shown', () => {
  const table = createTable<Row>();
  expect(mergeRecord(table, { id: 'x', seq: 1, gone: true }, rules)).toBe(false);
});
