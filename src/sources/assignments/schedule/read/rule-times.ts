import type { Rule } from '../rule/rule.ts';
import type { Problem } from '../schedule.ts';
import { minutesOf, type TimeOfDay } from '../words/time-of-day.ts';
import type { Days } from './read-days.ts';

/**
 * Puts times of day into a rule. BYHOUR and BYMINUTE multiply, so 9:00 and 17:30 need BYSETPOS to choose two of
 * the four; that counts within a day, so such a rule has to go by days.
 */
export function withTimes(days: Days, times: readonly TimeOfDay[]): Rule | Problem {
  const byHour = [...new Set(times.map(({ hour }) => hour))].sort((a, b) => a - b);
  const byMinute = [...new Set(times.map(({ minute }) => minute))].sort((a, b) => a - b);
  if (byHour.length * byMinute.length === times.length) {
    if (days.bySetPos === undefined || times.length === 1) return { ...days, byHour, byMinute };
    return { problem: 'The n-th weekday of a month takes one time of day: make one of each time.' };
  }
  const isByDays =
    days.interval === 1 &&
    days.bySetPos === undefined &&
    days.byDay?.every(({ nth }) => nth === undefined) !== false;
  if (!isByDays)
    return {
      problem:
        'Times with different minutes go with plain days only, such as "daily at 9:00 and 17:30": make one of each time.',
    };
  const wanted = new Set(times.map(minutesOf));
  const all = byHour.flatMap((hour) => byMinute.map((minute) => hour * 60 + minute));
  const bySetPos = all.flatMap((minute, i) => (wanted.has(minute) ? [i + 1] : []));
  return { ...days, freq: 'DAILY', byHour, byMinute, bySetPos };
}
