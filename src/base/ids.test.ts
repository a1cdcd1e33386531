import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('an id names its kind and is safe in an address', () => {
  expect(newId('task')).toMatch(/^task_[0-9a-hjkmnp-tv-z]{24}$/);
});

test('100,000 ids in a row are distinct and stand in the order in which they were made', () => {
  const ids = Array.from({ length: 100_000 }, () => newId('msg'));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test('ids of later milliseconds sort after earlier ones', async () => {
  const before = newId('call');
  const start = Date.now();
  while (Date.now() <= start);
  expect(newId('call') > before).toBe(true);
});
