import { expect, test } from 'vitest';
import { manualClock } from '../../../../test/support/manual-clock.ts';
import type { Ending } from '../../../task/report.ts';
import { timeLimits } from './time-limits.ts';

function setup(limits: { idleMs: number; totalMs: number }) {
  const clock = manualClock();
  const endings: Ending[] = [];
  return { clock, endings, limits: timeLimits(clock, limits, (ending) => endings.push(ending)) };
}

test('silence ends the work after the idle limit, and is named', () => {
  const { clock, endings } = setup({ idleMs: 60_000, totalMs: 0 });
  clock.advance(59_999);
  expect(endings).toEqual([]);
  clock.advance(1);
  expect(endings).toEqual([
    {
      status: 'failed',
      failure: { reason: 'timeout_idle', message: 'The server gave no sign of life for 60 s.' },
    },
  ]);
});

test('each sign of life begins the idle limit anew', () => {
  const { clock, endings, limits } = setup({ idleMs: 1_000, totalMs: 0 });
  for (let i = 0; i < 100; i++) {
    clock.advance(999);
    limits.sign();
  }
  expect(endings).toEqual([]);
  clock.advance(1_000);
  expect(endings).toHaveLength(1);
});

test('the total limit ends the work although it lives', () => {
  const { clock, endings, limits } = setup({ idleMs: 1_000, totalMs: 300_000 });
  for (let ms = 0; ms < 300_000; ms += 500) {
    limits.sign();
    clock.advance(500);
  }
  expect(endings).toMatchObject([
    { failure: { reason: 'timeout_total', message: expect.stringContaining('5 min') } },
  ]);
});

test('0 turns a limit off', () => {
  const { clock, endings } = setup({ idleMs: 0, totalMs: 0 });
  clock.advance(365 * 24 * 3_600_000);
  expect(endings).toEqual([]);
});

test('a limit beyond what a timer can hold is kept all the same', () => {
  const { clock, endings } = setup({ idleMs: 0, totalMs: 2 ** 31 + 5_000 });
  clock.advance(2 ** 31 + 4_999);
  expect(endings).toEqual([]);
  clock.advance(1);
  expect(endings).toHaveLength(1);
});

test('it says it once, and never after the end', () => {
  const one = setup({ idleMs: 10, totalMs: 20 });
  one.clock.advance(1_000);
  expect(one.endings).toHaveLength(1);
  const closed = setup({ idleMs: 10, totalMs: 20 });
  closed.limits.close();
  closed.clock.advance(1_000);
  expect(closed.endings).toEqual([]);
});

test('while the work waits for a person no limit runs, and none runs out at once afterwards', () => {
  const { clock, endings, limits } = setup({ idleMs: 1_000, totalMs: 5_000 });
  clock.advance(900);
  limits.hold(true);
  clock.advance(7 * 24 * 3_600_000);
  expect(endings).toEqual([]);
  limits.hold(false);
  clock.advance(999);
  expect(endings).toEqual([]);
  clock.advance(1);
  expect(endings).toMatchObject([{ failure: { reason: 'timeout_idle' } }]);
});
