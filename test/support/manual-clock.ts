import type { Clock } from '../../src/base/clock.ts';

/** A clock that stands still until a test moves it; what falls due on the way runs, in order. */
export function manualClock(startMs = Date.parse('2026-01-01T00:00:00Z')): Clock & {
  advance(ms: number): void;
  /** Sets it to another time, as somebody sets a clock or a machine sleeps: what waits goes on waiting for as long. */
  set(ms: number): void;
} {
  let nowMs = startMs;
  let due: { readonly atMs: number; readonly task: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      due.push(entry);
      return () => {
        due = due.filter((each) => each !== entry);
      };
    },
    set(ms) {
      due = due.map(({ atMs, task }) => ({ atMs: atMs - nowMs + ms, task }));
      nowMs = ms;
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = due.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        due = due.filter((each) => each !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.task();
      }
      nowMs = untilMs;
    },
  };
}
