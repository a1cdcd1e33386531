import { expect, test } from 'vitest';
import { usualDuration } from './usual-duration.ts';

test('fewer than five runs say nothing', () => {
  expect(usualDuration([])).toBeUndefined();
  expect(usualDuration([1, 2, 3, 4])).toBeUndefined();
});

test('the middle and the ninth tenth of the runs, in any order', () => {
  expect(usualDuration([5, 1, 4, 2, 3])).toEqual({ medianMs: 3, p90Ms: 5, runs: 5 });
  const runs = Array.from({ length: 50 }, (_, i) => 50 - i);
  expect(usualDuration(runs)).toEqual({ medianMs: 26, p90Ms: 46, runs: 50 });
});

test('the runs handed in stay as they are', () => {
  const runs = [3, 1, 2, 5, 4];
  usualDuration(runs);
  expect(runs).toEqual([3, 1, 2, 5, 4]);
});
