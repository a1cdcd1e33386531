import { expect, test } from 'vitest';
import { comparison, usualRange } from './usual.ts';

const run = (durationMs?: number) => ({
  runId: 'run_1',
  state: 'completed' as const,
  at: '2026-11-26T09:00:00Z',
  ...(durationMs !== undefined && { durationMs }),
});

test.each([
  [180_000, 300_000, '3–5 min'],
  [40_000, 120_000, '40 s – 2 min'],
  [40_000, 40_200, '40 s'],
])('usually %i to %i ms', (medianMs, p90Ms, words) => {
  expect(usualRange({ medianMs, p90Ms })).toBe(words);
});

test('the last run beside the usual', () => {
  const usual = { medianMs: 180_000, p90Ms: 300_000 };
  expect(comparison(usual, run(250_000))).toEqual({
    text: 'Usually 3–5 min, the last took 4 min 10 s',
    isLate: false,
  });
  expect(comparison(usual, run(600_000))).toEqual({
    text: 'Usually 3–5 min, the last took 10 min, longer than usual',
    isLate: true,
  });
  expect(comparison(usual, run())?.text).toBe('Usually 3–5 min');
  expect(comparison(undefined, run(3_200))?.text).toBe('The last took 3.2 s');
  expect(comparison(undefined, undefined)).toBeUndefined();
});
