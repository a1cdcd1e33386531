import { ruleOf } from '../rule/parse-rule.ts';
import { MINUTE_MS, type Schedule } from '../schedule.ts';
import { dueByCron } from './due-cron.ts';
import { dueByStep } from './due-every.ts';
import { dueByRule } from './due-rule.ts';

/** Beyond the limit of `dueBetween` this many are counted; what is more is "many". */
export const COUNTED_BEYOND_LIMIT = 1000;

/** The due times (ms) strictly after `afterMs`, ascending, at most `count`. Empty when it is over. */
export function dueTimes(schedule: Schedule, timeZone: string, afterMs: number, count: number): number[] {
  const times: number[] = [];
  if (count <= 0) return times;
  for (const due of dueAfter(schedule, timeZone, afterMs)) {
    times.push(due);
    if (times.length >= count) break;
  }
  return times;
}

/** The due times in (afterMs, untilMs], ascending, at most `limit`, and how many more there were. */
export function dueBetween(
  schedule: Schedule,
  timeZone: string,
  afterMs: number,
  untilMs: number,
  limit: number,
): { times: number[]; more: number | 'many' } {
  const times: number[] = [];
  let more = 0;
  for (const due of dueAfter(schedule, timeZone, afterMs)) {
    if (due > untilMs) break;
    if (times.length < limit) times.push(due);
    else more += 1;
    if (more > COUNTED_BEYOND_LIMIT) return { times, more: 'many' };
  }
  return { times, more };
}

/** All due times after a moment, one by one. Throws RangeError for a record that no reading ever made. */
function dueAfter(schedule: Schedule, timeZone: string, afterMs: number): Iterable<number> {
  switch (schedule.kind) {
    case 'once': {
      const at = momentOf(schedule.at, 'at');
      return at > afterMs ? [at] : [];
    }
    case 'cron':
      return dueByCron(schedule.expression, timeZone, afterMs);
    case 'rrule':
      return dueByRule(ruleOf(schedule.rule), schedule.start, timeZone, afterMs);
    case 'every':
      if (!(schedule.everyMs >= MINUTE_MS)) throw new RangeError('everyMs: expected a minute or more.');
      return dueByStep(schedule.everyMs, momentOf(schedule.start, 'start'), afterMs);
  }
}

function momentOf(iso: string, field: string): number {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new RangeError(`${field}: expected a moment in ISO 8601, not ${iso}.`);
  return ms;
}
