import { formatRule, hasTimesOfDay, type Rule, WEEKDAYS } from '../rule/rule.ts';
import { firstWall } from '../rule/rule-walls.ts';
import { isProblem, type Problem, type ReadingContext } from '../schedule.ts';
import { asUtcMs, wallTimeAt } from '../wall-time.ts';
import { dateWords, weekdayName } from '../words/phrases.ts';
import { formatTime, standardTime, type TimeOfDay } from '../words/time-of-day.ts';
import type { Read } from './read.ts';
import type { Days } from './read-days.ts';
import type { Limits } from './read-limits.ts';
import { withTimes } from './rule-times.ts';

/** The schedule of days and times of day. The first time that can be is its start, from which INTERVAL counts. */
export function scheduleOfDays(
  days: Days,
  times: readonly TimeOfDay[],
  limits: Limits,
  context: ReadingContext,
  standardOfDay: TimeOfDay = standardTime(''),
): Read | Problem {
  const now = wallTimeAt(context.nowMs, context.timeZone);
  const from = limits.from ?? now;
  const notes: string[] = [];
  const standard = limits.fromHasTime ? from : standardOfDay;
  if (times.length === 0 && !limits.fromHasTime)
    notes.push(`No time of day was given: ${formatTime(standard)}.`);
  const weekday = WEEKDAYS[from.dayOfWeek - 1] ?? 'MO';
  if (days.freq === 'WEEKLY' && days.byDay === undefined)
    notes.push(`No day was named: ${weekdayName(weekday)}.`);
  const named = days.freq === 'WEEKLY' && days.byDay === undefined ? { ...days, byDay: [{ weekday }] } : days;
  const rule = withTimes(
    named,
    times.length > 0 ? times : [{ hour: standard.hour, minute: standard.minute }],
  );
  if (isProblem(rule)) return rule;

  const schedule = anchored(rule, limits, context);
  if (isProblem(schedule)) return schedule;
  // With an interval the words name the start anyway.
  if (limits.from !== undefined && rule.interval === 1) notes.push(`Starting ${dateWords(limits.from)}.`);
  return { schedule, notes };
}

/** A rule from its first possible time on. */
export function anchored(rule: Rule, limits: Limits, context: ReadingContext): Read['schedule'] | Problem {
  const now = wallTimeAt(context.nowMs, context.timeZone);
  const from = limits.from ?? now;
  const fromMs = Math.max(asUtcMs(from), asUtcMs(now) + 1);
  const midnight = from.with({ hour: 0, minute: 0, second: 0, millisecond: 0 });
  // Steps are counted from midnight; days from the first that can be.
  const one = hasTimesOfDay(rule) ? { ...rule, interval: 1 } : rule;
  const start = firstWall(one, midnight, context.timeZone, fromMs);
  if (start === undefined) return { problem: 'There is no such day: it would never be due.' };
  const ended = {
    ...rule,
    ...(limits.count !== undefined && { count: limits.count }),
    ...(limits.until !== undefined && { until: limits.until }),
  };
  return { kind: 'rrule', rule: formatRule(ended), start: start.toString({ smallestUnit: 'second' }) };
}
