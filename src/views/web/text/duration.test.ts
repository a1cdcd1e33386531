import { expect, test } from 'vitest';
import { formatDuration, formatElapsed, formatRoughly } from './duration.ts';

test.each([
  [0, '0 ms'],
  [420, '420 ms'],
  [3_249, '3.2 s'],
  [9_949, '9.9 s'],
  [9_950, '9 s'],
  [42_900, '42 s'],
  [60_000, '1 min'],
  [72_000, '1 min 12 s'],
  [3_840_000, '1 h 4 min'],
  [183_600_000, '2 d 3 h'],
  [-5, '0 ms'],
])('%i ms lasts %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('a counter shows whole seconds from the start', () => {
  expect(formatElapsed(400)).toBe('0 s');
  expect(formatElapsed(3_900)).toBe('3 s');
});

test.each([
  [40_400, '40 s'],
  [200, '1 s'],
  [170_000, '3 min'],
  [7_300_000, '2 h'],
  [400_000_000, '5 d'],
])('%i ms is roughly %s', (ms, text) => expect(formatRoughly(ms)).toBe(text));
