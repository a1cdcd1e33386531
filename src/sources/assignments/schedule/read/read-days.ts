import type { Rule } from '../rule/rule.ts';
import { isProblem, type Problem } from '../schedule.ts';
import { AND, MONTH, monthOf, NUMBER, numberOf, WEEKDAY, weekdaysOf } from '../words/names.ts';
import { DAY_IN_MONTH, dayInMonth } from './calendar-date.ts';
import { daysOfMonth } from './days-of-month.ts';
import type { RemainingText } from './remaining-text.ts';

/** Which days a repetition falls on: the part of a rule without its times. */
export type Days = Pick<Rule, 'freq' | 'interval' | 'byDay' | 'byMonthDay' | 'byMonth' | 'bySetPos'>;

type Found = RegExpExecArray | undefined;

const every = (unit: string) =>
  `(?:\\b(?:of|in|on)\\s+)?\\b(?:every|each|the)\\s+(?:(${NUMBER})\\s+)?${unit}\\b`;
const MONTHS = `\\b(?:in|during|of)\\s+(?:(?:every|each)\\s+)?(${MONTH}\\b(?:${AND}${MONTH}\\b)*)`;
const DAY_SET = `(?:(?:working|business|work)\\s*days?|weekdays?|weekends?(?:\\s+days?)?|${WEEKDAY}\\s*(?:-|–|to|through)\\s*${WEEKDAY}\\b|${WEEKDAY}\\b(?:${AND}(?:on\\s+|every\\s+)?${WEEKDAY}\\b)*)`;

/** Takes the days out of a text, the rarest first; undefined when it names none. */
export function readDays(text: RemainingText): Days | Problem | undefined {
  const dates = text.takeAll(DAY_IN_MONTH).map((found) => dayInMonth(found.slice(1, 5)));
  const year = text.take(`${every('years?')}|\\b(?:yearly|annually)\\b`);
  if (dates.length > 0) return yearly(dates, numberOf(year?.[1]));

  const quarter = text.take(`${every('quarters?')}|\\bquarterly\\b`);
  const month = text.take(`${every('months?')}|\\bmonthly\\b`);
  const names = text.take(MONTHS)?.[1]?.match(new RegExp(MONTH, 'g'));
  const byMonth = names?.map(monthOf).sort((a, b) => a - b);
  const isMonthly = month !== undefined || quarter !== undefined || byMonth !== undefined;
  if (year !== undefined && (byMonth === undefined || numberOf(year[1]) !== 1))
    return { problem: '"every year": on which day? For example "every year on 24 December at 8:00".' };
  const inMonth = daysOfMonth(text, isMonthly);
  if (isProblem(inMonth)) return inMonth;
  const interval = numberOf(month?.[1]);
  if (inMonth !== undefined) {
    const { isAtEnd, ...days } = inMonth;
    const quarterMonths = isAtEnd ? [3, 6, 9, 12] : [1, 4, 7, 10];
    const months = byMonth ?? (quarter === undefined ? undefined : quarterMonths);
    return { freq: 'MONTHLY', interval, ...days, ...(months && { byMonth: months }) };
  }

  const days = weekly(text, month ?? quarter);
  if (isProblem(days)) return days;
  if (days !== undefined) return { ...days, ...(byMonth && { byMonth }) };
  if (quarter !== undefined) return { freq: 'MONTHLY', interval: 1, byMonth: [1, 4, 7, 10], byMonthDay: [1] };
  if (month !== undefined) return { freq: 'MONTHLY', interval, byMonthDay: [1], ...(byMonth && { byMonth }) };
  return byMonth === undefined ? undefined : { freq: 'DAILY', interval: 1, byMonth };
}

/** "every other tuesday", "weekdays", "every 2 weeks on monday", "every 3 days", "daily". */
function weekly(text: RemainingText, month: Found): Days | Problem | undefined {
  const part = text.take(every('(?:mornings?|afternoons?|evenings?|nights?)'));
  const day = text.take(every('days?'));
  const daily = text.take('\\bdaily\\b');
  const week = text.take(
    `${every('weeks?')}|\\bweekly\\b|\\b(?:fortnightly|biweekly)\\b|\\bevery\\s+fortnight\\b`,
  );
  const set = text.take(`\\b(?:(${NUMBER})\\s+)?(${DAY_SET})(?![a-z])`);
  const weeks = /fortnight|biweekly/.test(week?.[0] ?? '') ? 2 : numberOf(week?.[1]);
  if (set === undefined) {
    if (week !== undefined) return { freq: 'WEEKLY', interval: weeks };
    const isDaily = day !== undefined || daily !== undefined || part !== undefined;
    return isDaily ? { freq: 'DAILY', interval: numberOf(day?.[1] ?? part?.[1]) } : undefined;
  }
  const [all, step, names = ''] = set.map((found) => found?.trim());
  if (month !== undefined)
    return { problem: `"${all}": which one of the month? For example "the first ${names} of the month".` };
  if (day !== undefined)
    return { problem: `"${day[0].trim()}" and "${all}" do not go together; give one of the two.` };
  const byDay = weekdaysOf(names).map((weekday) => ({ weekday }));
  return { freq: 'WEEKLY', interval: step === undefined ? weeks : numberOf(step), byDay };
}

function yearly(
  dates: readonly ({ month: number; day: number } | Problem)[],
  interval: number,
): Days | Problem {
  const byMonth = new Set<number>();
  const byMonthDay = new Set<number>();
  for (const date of dates) {
    if (isProblem(date)) return date;
    byMonth.add(date.month);
    byMonthDay.add(date.day);
  }
  // BYMONTH and BYMONTHDAY multiply.
  if (byMonth.size * byMonthDay.size !== dates.length)
    return { problem: 'Several days of different months: make one of each, such as "every 24 December".' };
  const inOrder = (numbers: Set<number>) => [...numbers].sort((a, b) => a - b);
  return { freq: 'YEARLY', interval, byMonth: inOrder(byMonth), byMonthDay: inOrder(byMonthDay) };
}
