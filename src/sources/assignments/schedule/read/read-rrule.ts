import { Temporal } from 'temporal-polyfill';
import { dueByRule } from '../due/due-rule.ts';
import { parseRule } from '../rule/parse-rule.ts';
import { formatRule, hasTimesOfDay, type Rule } from '../rule/rule.ts';
import { firstWall } from '../rule/rule-walls.ts';
import { isProblem, MINUTE_MS, type Problem, type ReadingContext } from '../schedule.ts';
import { asUtcMs, fromUtcMs, type WallTime, wallTimeAt } from '../wall-time.ts';
import type { Read } from './read.ts';

/** Whether a text is meant as an RRULE. */
export const isRrule = (text: string): boolean => /(?:^|[\s;:])FREQ\s*=|^(?:RRULE|DTSTART)\b/i.test(text);

/**
 * Reads an RRULE, with a DTSTART line before it if there is one. Without, it starts with its first time from now
 * on, at 9:00 if the rule names no hour.
 */
export function readRrule(text: string, context: ReadingContext): Read | Problem {
  const [, startText, ruleText] = /^(?:(DTSTART[^\s]*)\s+)?(?:RRULE\s*:\s*)?(\S+)$/i.exec(text.trim()) ?? [];
  if (ruleText === undefined)
    return {
      problem: `"${text}": expected one rule such as "FREQ=WEEKLY;BYDAY=MO", with "DTSTART:20261126T090000" before it if it has one.`,
    };
  const rule = parseRule(ruleText);
  if (isProblem(rule))
    return { problem: `${rule.problem} For example "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0".` };
  const given = startText === undefined ? undefined : readStart(startText, context);
  if (given !== undefined && isProblem(given)) return given;

  const isTimeless = rule.byHour === undefined && hasTimesOfDay(rule) && given === undefined;
  const start = given ?? firstPossible(rule, context);
  if (start === undefined) return { problem: `"${ruleText}" never comes: no such day is in the calendar.` };
  const schedule = {
    kind: 'rrule',
    rule: formatRule(rule),
    start: start.toString({ smallestUnit: 'second' }),
  } as const;
  for (const _ of dueByRule(rule, schedule.start, context.timeZone, context.nowMs))
    return { schedule, notes: isTimeless ? ['No time of day was given: 9:00.'] : [] };
  return { problem: `"${text}": all its times are past, or it has none.` };
}

function firstPossible(rule: Rule, { timeZone, nowMs }: ReadingContext): WallTime | undefined {
  const now = wallTimeAt(nowMs, timeZone);
  const minute = fromUtcMs((Math.floor(asUtcMs(now) / MINUTE_MS) + 1) * MINUTE_MS);
  const isWholeHour = rule.byMinute === undefined && rule.freq !== 'MINUTELY';
  const day = now.with({ hour: 0, minute: 0, second: 0, millisecond: 0 });
  const from = hasTimesOfDay(rule)
    ? rule.byHour === undefined
      ? day.with({ hour: 9 })
      : day
    : isWholeHour
      ? minute.with({ minute: 0 })
      : minute;
  const { until: _, count: __, ...endless } = rule;
  return firstWall({ ...endless, interval: 1 }, from, timeZone, asUtcMs(now) + 1);
}

function readStart(text: string, { timeZone }: ReadingContext): WallTime | Problem {
  const [, zone, date, time = '090000', zulu] =
    /^DTSTART(?:;TZID=([^:;]+))?(?:;VALUE=DATE)?:(\d{8})(?:T(\d{6})(Z)?)?$/i.exec(text) ?? [];
  if (date === undefined)
    return { problem: `${text}: expected DTSTART:20261126T090000, wall time of ${timeZone}.` };
  if (zone !== undefined && zone.toLowerCase() !== timeZone.toLowerCase())
    return {
      problem: `DTSTART: the time zone is ${zone}, but that of the assignment is ${timeZone}; give one of the two up.`,
    };
  try {
    const wall = Temporal.PlainDateTime.from(`${date}T${time}`);
    return zulu === undefined ? wall : wallTimeAt(asUtcMs(wall), timeZone);
  } catch {
    return { problem: `${text}: there is no such day or time.` };
  }
}
