import { expect, test } from 'vitest';
import { duration, elapsed, roughly } from './duration.ts';

test.each([
  [0, '0ms'],
  [820, '820ms'],
  [949, '949ms'],
  [950, '0.9s'],
  [4_200, '4.2s'],
  [9_960, '9s'],
  [42_900, '42s'],
  [59_999, '59s'],
  [80_000, '1m20s'],
  [3_599_999, '59m59s'],
  [7_500_000, '2h05m'],
  [273_600_000, '3d4h'],
  [200 * 86_400_000, '200d'],
  [-5, '0s'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
  expect(text.length).toBeLessThanOrEqual(6);
});

test('growing times come in whole seconds', () => {
  expect(elapsed(400)).toBe('0s');
  expect(elapsed(4_900)).toBe('4s');
  expect(elapsed(61_000)).toBe('1m01s');
});

test.each([
  [40_000, '40 s'],
  [250_000, '4 min'],
  [7_200_000, '2 h'],
  [260_000_000, '3 days'],
])('%i ms is roughly %s', (ms, text) => expect(roughly(ms)).toBe(text));
