import { expect, test } from 'vitest';
import { type BatchRules, batchOf } from './batch-of.ts';

const at = (...times: number[]) => times.map((acceptedMs) => ({ acceptedMs }));

test.each<[string, number[], BatchRules, number, number | undefined]>([
  ['nothing waits', [], { nowMs: 100 }, 0, undefined],
  ['one, without rules', [50], { nowMs: 100 }, 1, undefined],
  ['each its own run', [50, 60, 70], { nowMs: 100 }, 1, 100],
  ['not quiet yet', [50, 60], { nowMs: 100, debounceMs: 50 }, 0, 110],
  ['quiet', [50, 60], { nowMs: 110, debounceMs: 50 }, 2, undefined],
  ['never quiet', [0, 440, 499], { nowMs: 500, debounceMs: 50 }, 3, undefined],
  ['the first run is not waited for', [50], { nowMs: 100, atMostEveryMs: 1_000 }, 1, undefined],
  ['too soon', [50, 60], { nowMs: 100, atMostEveryMs: 1_000, lastRunMs: 40 }, 0, 1_040],
  ['all that came meanwhile', [50, 60], { nowMs: 1_040, atMostEveryMs: 1_000, lastRunMs: 40 }, 2, undefined],
  [
    'both, and the later counts',
    [900],
    { nowMs: 1_040, atMostEveryMs: 1_000, lastRunMs: 40, debounceMs: 500 },
    0,
    1_400,
  ],
  [
    'the clock was set back after the last run',
    [50],
    { nowMs: 100, atMostEveryMs: 10, lastRunMs: 9_999 },
    0,
    110,
  ],
  ['the clock was set back after an event', [9_999], { nowMs: 100, debounceMs: 10 }, 0, 110],
  ['more than fit', Array(1_500).fill(0), { nowMs: 100, atMostEveryMs: 30 }, 1_000, 130],
])('%s', (_what, times, rules, taken, lookAgainMs) => {
  const { take, ...rest } = batchOf(at(...times), rules);
  expect(take).toHaveLength(taken);
  expect(rest).toEqual(lookAgainMs === undefined ? {} : { lookAgainMs });
});
