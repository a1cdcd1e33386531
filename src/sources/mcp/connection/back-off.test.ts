import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('doubles from a second to a minute, and stays there', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((attempt) => backOffMs(attempt, 0))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

test('is spread by up to a fifth', () => {
  expect(backOffMs(1, 1)).toBe(800);
  expect(backOffMs(10, 0.5)).toBe(54_000);
});
