import { HORIZON_MS } from '../schedule.ts';

/** The due times of steps of `everyMs` from `startMs` (not due itself) after `afterMs`, ascending. */
export function* dueByStep(everyMs: number, startMs: number, afterMs: number): Iterable<number> {
  const passed = Math.max(0, Math.floor((afterMs - startMs) / everyMs));
  for (let at = startMs + (passed + 1) * everyMs; at < HORIZON_MS; at += everyMs) yield at;
}
