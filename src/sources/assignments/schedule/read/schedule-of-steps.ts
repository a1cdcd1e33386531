import { formatRule, type Rule } from '../rule/rule.ts';
import { MINUTE_MS, type Problem, type ReadingContext } from '../schedule.ts';
import { instantOf, type WallTime, wallTimeAt } from '../wall-time.ts';
import { fromMinutes, minutesOf, type TimeOfDay } from '../words/time-of-day.ts';
import type { Read } from './read.ts';
import type { Days } from './read-days.ts';
import type { Limits } from './read-limits.ts';
import type { Times } from './read-times.ts';
import { anchored, scheduleOfDays } from './schedule-of-days.ts';

/** The schedule of "every 20 minutes", "hourly at :15" or "every 30 minutes from 9:00 to 17:00 on weekdays". */
export function scheduleOfSteps(
  everyMs: number,
  { times, marks, window }: Times,
  days: Days | undefined,
  limits: Limits,
  context: ReadingContext,
): Read | Problem {
  if (times.length > 0)
    return {
      problem:
        'Steps and times of day do not go together. For example "every 2 hours starting at 9:00", or "daily at 9:00 and 11:00".',
    };
  const minutes = everyMs / MINUTE_MS;
  if (window !== undefined) {
    if (marks.length > 0)
      return {
        problem: 'A minute such as ":15" and two times do not go together: let the first time begin with it.',
      };
    return scheduleOfDays(days ?? { freq: 'DAILY', interval: 1 }, within(window, minutes), limits, context);
  }
  const isHours = minutes % 60 === 0;
  if (marks.length > 0 && !isHours)
    return { problem: 'A minute such as ":15" goes with hours: "every hour at :15".' };
  const isFixed = marks.length > 0 || days !== undefined;
  if (!isFixed && limits.until === undefined && limits.count === undefined) {
    return { schedule: { kind: 'every', everyMs, start: startOf(everyMs, limits, context) }, notes: [] };
  }
  const rule = stepRule(minutes, marks, days);
  if (!('freq' in rule)) return rule;
  if (isFixed) {
    const schedule = anchored(rule, limits, context);
    return 'problem' in schedule ? schedule : { schedule, notes: [] };
  }
  const start = wallTimeAt(Date.parse(startOf(everyMs, limits, context)) + everyMs, context.timeZone);
  const ended = {
    ...rule,
    ...(limits.count && { count: limits.count }),
    ...(limits.until && { until: limits.until }),
  };
  return { schedule: { kind: 'rrule', rule: formatRule(ended), start: wall(start) }, notes: [] };
}

function stepRule(minutes: number, marks: readonly number[], days: Days | undefined): Rule | Problem {
  if (
    days !== undefined &&
    (days.interval !== 1 || days.bySetPos || days.byDay?.some(({ nth }) => nth !== undefined))
  )
    return { problem: 'Steps go with plain days only, such as "every 30 minutes on weekdays".' };
  const isHours = minutes % 60 === 0;
  return {
    freq: isHours ? 'HOURLY' : 'MINUTELY',
    interval: isHours ? minutes / 60 : minutes,
    ...(days?.byMonth && { byMonth: days.byMonth }),
    ...(days?.byMonthDay && { byMonthDay: days.byMonthDay }),
    ...(days?.byDay && { byDay: days.byDay }),
    ...(isHours && (marks.length > 0 || days !== undefined) && { byMinute: marks.length > 0 ? marks : [0] }),
  };
}

/** The moment from which steps are counted: itself not due. Without one, the minute that it is now. */
function startOf(everyMs: number, { from }: Limits, { nowMs, timeZone }: ReadingContext): string {
  const ms = from === undefined ? nowMs - (nowMs % MINUTE_MS) : instantOf(from, timeZone) - everyMs;
  return new Date(ms).toISOString();
}

const within = ([from, to]: readonly [TimeOfDay, TimeOfDay], minutes: number): TimeOfDay[] => {
  const times: TimeOfDay[] = [];
  for (let at = minutesOf(from); at <= minutesOf(to); at += minutes) times.push(fromMinutes(at));
  return times;
};

const wall = (time: WallTime) => time.toString({ smallestUnit: 'second' });
