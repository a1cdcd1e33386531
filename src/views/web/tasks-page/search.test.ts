import { expect, test } from 'vitest';
import { readTasksSearch, toFilter } from './search.ts';

test('the address is read, and what makes no sense is left out', () => {
  expect(readTasksSearch({ q: 'x', status: 'lost,failed,nonsense', server: '', other: 1 })).toEqual({
    q: 'x',
    status: 'failed,lost',
  });
  expect(readTasksSearch({ q: 42, status: ['a'] })).toEqual({ q: '42' });
});

test('the filter of an address', () => {
  expect(toFilter({ status: 'working', server: 'git' })).toEqual({ status: ['working'], server: 'git' });
  expect(toFilter({})).toEqual({});
});
