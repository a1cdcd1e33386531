import cronstrue from 'cronstrue';
import { Temporal } from 'temporal-polyfill';
import type { Rule, RuleDay } from '../rule/rule.ts';
import { WEEKDAYS } from '../rule/rule.ts';
import { describeRule } from './describe-rule.ts';

/** A cron expression in words: ours where it is days and times, else those of the library. */
export function describeCron(expression: string): string {
  const rule = ruleOfCron(expression);
  if (rule !== undefined) return describeRule(rule, ANY_START, 'UTC');
  try {
    const words = cronstrue.toString(expression.replaceAll(/#L/gi, 'L'), { use24HourTimeFormat: true });
    // With both days restricted, cron takes either; the library says "and", or nothing.
    return isEitherDay(expression) ? words.replace(/( of the month), (?:and )?on /, '$1, or on ') : words;
  } catch {
    return `Cron ${expression}`;
  }
}

/** A rule that names all it needs does not look at its start. */
const ANY_START = Temporal.PlainDateTime.from('2026-01-01T00:00:00');
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const NICKNAMES: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** The rule that means the same as a plain expression; undefined for steps, either-day, W and the like. */
function ruleOfCron(expression: string): Rule | undefined {
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = (
    NICKNAMES[expression] ?? expression
  ).split(' ');
  const byMinute = values(minutes);
  const byHour = hours === '*' ? 'any' : values(hours);
  const byMonthDay = isAny(days) ? 'any' : days === 'L' ? [-1] : values(days);
  const byMonth = isAny(months) ? 'any' : values(months, MONTHS, 1);
  const byDay = isAny(weekdays) ? 'any' : ruleDays(weekdays);
  if (!byMinute || !byHour || !byMonthDay || !byMonth || !byDay) return undefined;
  if (byMonthDay !== 'any' && byDay !== 'any') return undefined;
  const isNumbered = byDay !== 'any' && byDay.some(({ nth }) => nth !== undefined);
  const inMonths = byMonth === 'any' ? {} : { byMonth };
  if (byHour === 'any') {
    if (byMonthDay !== 'any' || isNumbered) return undefined;
    return { freq: 'HOURLY', interval: 1, byMinute, ...inMonths, ...(byDay !== 'any' && { byDay }) };
  }
  const times = { interval: 1, byHour, byMinute, ...inMonths };
  if (byDay !== 'any') return { freq: isNumbered ? 'MONTHLY' : 'WEEKLY', byDay, ...times };
  if (byMonthDay === 'any') return { freq: 'DAILY', ...times };
  const isOneMonth = byMonth !== 'any' && byMonth.length === 1 && byMonthDay.every((day) => day > 0);
  return { freq: isOneMonth ? 'YEARLY' : 'MONTHLY', byMonthDay, ...times };
}

const isAny = (field: string) => field === '*' || field === '?';

const isEitherDay = (expression: string): boolean => {
  const [, , days = '*', , weekdays = '*'] = expression.split(' ');
  return !isAny(days) && !isAny(weekdays);
};

/** The values of "1,3-5" or "MON-FRI"; undefined for anything more. */
function values(field: string, names: readonly string[] = [], first = 0): number[] | undefined {
  const found: number[] = [];
  for (const item of field.split(',')) {
    const ends = item
      .split('-')
      .map((end) =>
        /^\d+$/.test(end) ? Number(end) : names.indexOf(end) < 0 ? Number.NaN : names.indexOf(end) + first,
      );
    const [from = Number.NaN, to = from] = ends;
    if (ends.length > 2 || Number.isNaN(from) || Number.isNaN(to) || to < from) return undefined;
    for (let value = from; value <= to; value += 1) found.push(value);
  }
  return [...new Set(found)].sort((a, b) => a - b);
}

function ruleDays(field: string): RuleDay[] | undefined {
  const [, name, nth] = /^(\w+?)(?:#(\d|L)|(?<!^)L)$/.exec(field) ?? [];
  const numbers = values(name ?? field, DAYS)?.map((day) => (day + 6) % 7);
  if (numbers === undefined) return undefined;
  const nthOf = name === undefined ? undefined : nth === undefined || nth === 'L' ? -1 : Number(nth);
  const days = [...new Set(numbers)].sort().map((day) => ({ weekday: WEEKDAYS[day] ?? 'MO' }));
  return nthOf === undefined ? days : days.map((day) => ({ ...day, nth: nthOf }));
}
