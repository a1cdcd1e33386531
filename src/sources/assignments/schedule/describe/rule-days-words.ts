import { type Rule, WEEKDAYS, WORKING_DAYS } from '../rule/rule.ts';
import type { WallTime } from '../wall-time.ts';
import { andWords, dayOfMonthWords, daysWords, monthWords, nthWords, weekdayName } from '../words/phrases.ts';

/** The days of a rule in words ("Every weekday", "On the 1st of every month"); undefined when there are none of ours. */
export function ruleDaysWords(
  rule: Rule & { bySetPos?: readonly number[] | undefined },
  start: WallTime,
): string | undefined {
  const { freq, interval, byDay, byMonthDay, bySetPos } = rule;
  const isNumbered = byDay?.some(({ nth }) => nth !== undefined) ?? false;
  const months = rule.byMonth === undefined ? '' : ` in ${andWords(rule.byMonth.map(monthWords))}`;
  if (byMonthDay !== undefined && byDay !== undefined) return undefined;
  switch (freq) {
    case 'DAILY':
      if (bySetPos !== undefined) return undefined;
      if (byMonthDay !== undefined)
        return interval === 1 ? `On ${monthDays(byMonthDay)} of ${monthsOr(rule.byMonth)}` : undefined;
      if (byDay !== undefined)
        return interval === 1
          ? `Every ${daysWords(byDay.map(({ weekday }) => weekday))}${months}`
          : undefined;
      return `Every ${interval === 1 ? 'day' : `${interval} days`}${months}`;
    case 'WEEKLY': {
      if (bySetPos !== undefined) return undefined;
      const days = daysWords(
        (byDay ?? [{ weekday: WEEKDAYS[start.dayOfWeek - 1] ?? 'MO' }]).map(({ weekday }) => weekday),
      );
      if (interval === 1) return `Every ${days}${months}`;
      return days === 'day' ? undefined : `Every ${interval} weeks on ${days}${months}`;
    }
    case 'MONTHLY': {
      const which =
        byDay === undefined
          ? monthDays(byMonthDay ?? [start.day])
          : isNumbered
            ? numbered(rule)
            : chosen(rule);
      if (which === undefined || (byDay === undefined && bySetPos !== undefined)) return undefined;
      if (interval !== 1)
        return rule.byMonth === undefined ? `Every ${interval} months on ${which}` : undefined;
      return `On ${which} of ${monthsOr(rule.byMonth)}`;
    }
    default: {
      if (byDay !== undefined || bySetPos !== undefined) return undefined;
      const dates = (rule.byMonth ?? (byMonthDay === undefined ? [start.month] : [])).flatMap((month) =>
        (byMonthDay ?? [start.day]).map((day) => (day < 0 ? undefined : `${day} ${monthWords(month)}`)),
      );
      if (dates.length === 0 || dates.includes(undefined)) return undefined;
      return `Every ${interval === 1 ? 'year' : `${interval} years`} on ${andWords(dates.filter((date) => date !== undefined))}`;
    }
  }
}

const monthsOr = (months: readonly number[] | undefined) =>
  `every ${months === undefined ? 'month' : andWords(months.map(monthWords))}`;

/** "the 1st, the 15th and the last day". */
const monthDays = (days: readonly number[]) =>
  andWords([...days].sort((a, b) => order(a) - order(b)).map((day) => `the ${dayOfMonthWords(day)}`));

const order = (day: number) => (day < 0 ? 100 + day : day);

/** "the first Monday and the last Friday". */
const numbered = ({ byDay = [], bySetPos }: Rule): string | undefined =>
  bySetPos !== undefined || byDay.some(({ nth }) => nth === undefined)
    ? undefined
    : andWords(byDay.map(({ nth, weekday }) => `the ${nthWords(nth ?? 1)} ${weekdayName(weekday)}`));

/** "the last weekday": the n-th of Monday to Friday. */
function chosen({ byDay = [], bySetPos, byHour = [], byMinute = [] }: Rule): string | undefined {
  const isWorkingDays = byDay.length === 5 && byDay.every(({ weekday }) => WORKING_DAYS.includes(weekday));
  if (!isWorkingDays || bySetPos === undefined || byHour.length * byMinute.length > 1) return undefined;
  return andWords(bySetPos.map((position) => `the ${nthWords(position)} weekday`));
}
