import { expect, test } from 'vitest';
import { manualClock } from '../../../../test/support/manual-clock.ts';
import { pacedRuns } from './paced-runs.ts';

/** Runs that the test ends by hand. */
function rig() {
  const clock = manualClock(0);
  const begun: number[] = [];
  let end: ((isDone: boolean) => void) | undefined;
  const runs = pacedRuns({
    clock,
    everyMs: 100,
    run() {
      begun.push(clock.now());
      return new Promise((resolve) => {
        end = resolve;
      });
    },
  });
  return {
    clock,
    begun,
    runs,
    async end(isDone = true) {
      end?.(isDone);
      await new Promise(setImmediate);
    },
  };
}

test('the first is run at once, a burst once after the pause', async () => {
  const { clock, begun, runs, end } = rig();
  runs.ask();
  await end();
  for (let asked = 0; asked < 1_000; asked++) runs.ask();
  expect(begun).toEqual([0]);
  clock.advance(99);
  expect(begun).toEqual([0]);
  clock.advance(1);
  expect(begun).toEqual([0, 100]);
  await end();
  clock.advance(10_000);
  expect(begun).toEqual([0, 100]);
});

test('what is asked for during a run is run after it, and never beside it', async () => {
  const { clock, begun, runs, end } = rig();
  runs.ask();
  runs.ask();
  clock.advance(500);
  expect(begun).toEqual([0]);
  await end();
  expect(begun).toEqual([0, 500]);
});

test('what failed is run again after a growing pause, and at once when it is asked for', async () => {
  const { clock, begun, runs, end } = rig();
  runs.ask();
  await end(false);
  clock.advance(1_000);
  expect(begun).toHaveLength(2);
  await end(false);
  clock.advance(1_500);
  expect(begun).toHaveLength(2);
  runs.ask();
  expect(begun).toHaveLength(3);
  await end();
  clock.advance(60_000);
  expect(begun).toHaveLength(3);
});

test('nothing is run any more once it is stopped', async () => {
  const { clock, begun, runs, end } = rig();
  runs.ask();
  runs.ask();
  runs.stop();
  await end();
  clock.advance(60_000);
  expect(begun).toEqual([0]);
});
