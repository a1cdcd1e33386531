import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('doubles up to ten seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 1_000].map((attempt) => backoffMs(attempt, 1))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
  ]);
});

test('chance takes away at most half', () => expect(backoffMs(3, 0)).toBe(500));
