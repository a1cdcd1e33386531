import { Cron } from 'croner';
import { HORIZON_MS } from '../schedule.ts';

/**
 * The cron of an expression; throws when it is none. `no-wildcard`: whatever names its hours and minutes is due
 * once a day, the skipped one right after the jump and the repeated one at first; with `*` or a step in either
 * it goes on through a change of the clock.
 */
export const cronOf = (expression: string, timeZone: string): Cron =>
  new Cron(expression, { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard' });

/** The due times of a cron expression after `afterMs`, ascending. */
export function* dueByCron(expression: string, timeZone: string, afterMs: number): Iterable<number> {
  const cron = cronOf(expression, timeZone);
  let at = afterMs;
  while (true) {
    const next = cron.nextRun(new Date(at))?.getTime();
    if (next === undefined || next >= HORIZON_MS) return;
    if (next > at) yield next;
    // Never back and never the same again, whatever a zone does.
    at = Math.max(next, at + 1000);
  }
}
