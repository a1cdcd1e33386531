import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IdleWatch } from './idle-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const watch = (limitMs: number) => {
  const onIdle = vi.fn();
  return { onIdle, idle: new IdleWatch(limitMs, onIdle) };
};

it('tells once when nothing came for that long', () => {
  const { onIdle, idle } = watch(1_000);
  for (let time = 0; time < 5; time++) {
    vi.advanceTimersByTime(900);
    idle.alive();
  }
  expect(onIdle).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(onIdle).toHaveBeenCalledOnce();
});

it('does not count while something else is waited for', async () => {
  const { onIdle, idle } = watch(1_000);
  const person = Promise.withResolvers<string>();
  const answer = idle.during(person.promise);
  vi.advanceTimersByTime(100_000);
  expect(onIdle).not.toHaveBeenCalled();
  person.resolve('yes');
  expect(await answer).toBe('yes');
  vi.advanceTimersByTime(2_500);
  expect(onIdle).toHaveBeenCalledOnce();
});

it('never tells without a limit, or when it is closed', () => {
  const [without, closed] = [watch(0), watch(1_000)];
  closed.idle.close();
  vi.advanceTimersByTime(1e9);
  expect([without.onIdle, closed.onIdle].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
});
