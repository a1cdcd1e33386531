import { type Rule, type Weekday, WORKING_DAYS } from '../rule/rule.ts';
import { isProblem, type Problem } from '../schedule.ts';
import { DAY_IN_MONTH, dayInMonth } from './calendar-date.ts';
import { AND, MONTH, monthOf, NTH, NUMBER, nthOf, numberOf, WEEKDAY, weekdaysOf } from './names.ts';
import type { RemainingText } from './remaining-text.ts';

/** Which days a repetition falls on: the part of a rule without its times. */
export type Days = Pick<Rule, 'freq' | 'interval' | 'byDay' | 'byMonthDay' | 'byMonth' | 'bySetPos'>;

const every = (unit: string) =>
  `(?:\\b(?:of|in|on)\\s+)?\\b(?:every|each|the)\\s+(?:(${NUMBER})\\s+)?${unit}\\b`;
const SETS = `(?:(?:working|business|work)\\s*days?|weekdays?|weekends?(?:\\s+days?)?|${WEEKDAY}\\s*(?:-|–|to|through)\\s*${WEEKDAY}\\b|${WEEKDAY}\\b(?:${AND}(?:on\\s+|every\\s+)?${WEEKDAY}\\b)*)`;

/** Takes the days out of a text; undefined when it names none. */
export function readDays(text: RemainingText): Days | Problem | undefined {
  const dates = text.takeAll(DAY_IN_MONTH).map((found) => dayInMonth(found.slice(1, 5)));
  const year = text.take(`${every('years?')}|\\b(?:yearly|annually)\\b`);
  const quarter = text.take(`${every('quarters?')}|\\bquarterly\\b`);
  const month = text.take(`${every('months?')}|\\bmonthly\\b`);
  const months = text.take(`\\b(?:in|during|of)\\s+(${MONTH}\\b(?:${AND}${MONTH}\\b)*)`)?.[1];
  const byMonth = months
    ?.match(new RegExp(MONTH, 'g'))
    ?.map(monthOf)
    .sort((a, b) => a - b);
  const inMonths = byMonth === undefined ? {} : { byMonth };

  const wrongDate = dates.find(isProblem);
  if (wrongDate !== undefined) return wrongDate;
  if (dates.length > 0)
    return yearly(
      dates.filter((date): date is Exclude<typeof date, Problem> => !isProblem(date)),
      numberOf(year?.[1]),
    );
  if (year !== undefined)
    return { problem: '"every year": on which day? For example "every year on 24 December at 8:00".' };

  const isMonthly = month !== undefined || quarter !== undefined || byMonth !== undefined;
  const nth = isMonthly
    ? text.take(
        `\\b(${NTH}(?:${AND}(?:the\\s+)?${NTH})*)\\s+(${WEEKDAY}\\b|(?:working|business|work)\\s*days?|weekdays?|days?\\b)`,
      )
    : undefined;
  const ordinals = text
    .takeAll('\\b(\\d{1,2})(?:st|nd|rd|th)\\b|\\bdays?\\s+(\\d{1,2})\\b')
    .map((found) => Number(found[1] ?? found[2]));
  const last = text.take('\\blast(?:\\s+day)?\\b') === undefined ? [] : [-1];
  const byMonthDay = [...ordinals, ...last];
  const wrongDay = ordinals.find((day) => day < 1 || day > 31);
  if (wrongDay !== undefined)
    return { problem: `${wrongDay}: no month has that day; expected the 1st to the 31st.` };

  const interval = numberOf(month?.[1]);
  if (nth !== undefined || byMonthDay.length > 0) {
    if (!isMonthly && byMonthDay.length === 1 && last.length === 0)
      return {
        problem: `"the ${ordinals[0]}th": of which month? For example "on the ${ordinals[0]}th of every month", or "on ${ordinals[0]} December".`,
      };
    const days = monthly(nth, byMonthDay);
    if (isProblem(days)) return days;
    const isAtEnd = (days.byMonthDay ?? days.bySetPos ?? days.byDay?.map((day) => day.nth ?? 1) ?? [1]).some(
      (day) => day < 0,
    );
    const quarters = quarter === undefined ? {} : { byMonth: isAtEnd ? [3, 6, 9, 12] : [1, 4, 7, 10] };
    return { freq: 'MONTHLY', interval, ...days, ...quarters, ...inMonths };
  }

  const day = text.take(`${every('days?')}|\\bdaily\\b|${every('(?:mornings?|afternoons?|evenings?)')}`);
  const week = text.take(`${every('weeks?')}|\\bweekly\\b|\\b(?:fortnightly|biweekly|every\\s+fortnight)\\b`);
  const set = text.take(`\\b(?:(${NUMBER})\\s+)?(${SETS})(?![a-z])`);
  if (set !== undefined) return weekly(set, week, day, month ?? quarter, inMonths);
  if (week !== undefined) return { freq: 'WEEKLY', interval: weeksOf(week), ...inMonths };
  if (quarter !== undefined) return { freq: 'MONTHLY', interval: 1, byMonth: [1, 4, 7, 10], byMonthDay: [1] };
  if (month !== undefined) return { freq: 'MONTHLY', interval, byMonthDay: [1], ...inMonths };
  const step = numberOf(day?.[1] ?? day?.[2]);
  if (day !== undefined) return { freq: 'DAILY', interval: step, ...inMonths };
  return byMonth === undefined ? undefined : { freq: 'DAILY', interval: 1, byMonth };
}

function weekly(
  set: RegExpExecArray,
  week: RegExpExecArray | undefined,
  day: RegExpExecArray | undefined,
  month: RegExpExecArray | undefined,
  inMonths: { byMonth?: readonly number[] },
): Days | Problem {
  const days = weekdaysOf(set[2] ?? '');
  const step = set[1]?.trim();
  if (month !== undefined)
    return {
      problem: `"${set[0].trim()}": which one of the month? For example "the first ${set[2]?.trim()} of the month".`,
    };
  if (day !== undefined && numberOf(day[1]) !== 1)
    return { problem: `"${day[0].trim()}" and "${set[0].trim()}" do not go together.` };
  const interval = step === undefined || step === '' ? weeksOf(week) : numberOf(step);
  return { freq: 'WEEKLY', interval, byDay: days.map((weekday) => ({ weekday })), ...inMonths };
}

const weeksOf = (week: RegExpExecArray | undefined): number =>
  /fortnight|biweekly/.test(week?.[0] ?? '') ? 2 : numberOf(week?.[1]);

/** "the first and third monday", "the last weekday", "the 1st and the last day". */
function monthly(nth: RegExpExecArray | undefined, byMonthDay: readonly number[]): Partial<Days> | Problem {
  if (nth === undefined) return { byMonthDay };
  const numbers = (nth[1]?.match(new RegExp(NTH, 'g')) ?? []).map(nthOf);
  const name = nth[2] ?? '';
  if (/^days?$/.test(name)) return { byMonthDay: [...new Set([...numbers, ...byMonthDay])] };
  if (byMonthDay.length > 0)
    return { problem: 'Days by number and by weekday do not go together: make two of it.' };
  if (/week|work|business/.test(name))
    return { byDay: WORKING_DAYS.map((weekday) => ({ weekday })), bySetPos: numbers };
  const weekdays: readonly Weekday[] = weekdaysOf(name);
  return { byDay: weekdays.flatMap((weekday) => numbers.map((each) => ({ weekday, nth: each }))) };
}

function yearly(dates: readonly { month: number; day: number }[], interval: number): Days | Problem {
  const byMonth = [...new Set(dates.map(({ month }) => month))].sort((a, b) => a - b);
  const byMonthDay = [...new Set(dates.map(({ day }) => day))].sort((a, b) => a - b);
  const isWhole =
    byMonth.length * byMonthDay.length === new Set(dates.map(({ month, day }) => `${month}-${day}`)).size;
  if (!isWhole)
    return { problem: 'Several days of different months: make one of each, such as "every 24 December".' };
  return { freq: 'YEARLY', interval, byMonth, byMonthDay };
}
