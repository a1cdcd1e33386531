import type { Temporal } from 'temporal-polyfill';
import { WEEKDAYS, type Weekday, WORKING_DAYS } from '../rule/rule.ts';
import { MONTH_NAMES, WEEKDAY_NAMES } from './names.ts';
import { formatTime, minutesOf, type TimeOfDay } from './time-of-day.ts';

/** "26 November 2026". */
export const dateWords = ({ day, month, year }: Temporal.PlainDateTime): string =>
  `${day} ${monthWords(month)} ${year}`;

/** "9:00", or "9:00:27" where there are seconds. */
export const timeWords = (wall: Temporal.PlainDateTime): string =>
  wall.second === 0 ? formatTime(wall) : `${formatTime(wall)}:${String(wall.second).padStart(2, '0')}`;

export const weekdayWords = ({ dayOfWeek }: Temporal.PlainDateTime): string =>
  WEEKDAY_NAMES[dayOfWeek - 1] ?? '';

export const monthWords = (month: number): string => MONTH_NAMES[month - 1] ?? '';

export const weekdayName = (day: Weekday): string => WEEKDAY_NAMES[WEEKDAYS.indexOf(day)] ?? '';

/** "a", "a and b", "a, b and c". */
export const andWords = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** "weekday" for Monday to Friday, "day" for all seven, else the names. */
export function daysWords(days: readonly Weekday[]): string {
  if (days.length === 7) return 'day';
  if (days.length === 5 && WORKING_DAYS.every((day) => days.includes(day))) return 'weekday';
  return andWords(WEEKDAYS.filter((day) => days.includes(day)).map(weekdayName));
}

/** "1st", "22nd", "last day", "2nd to last day". */
export function dayOfMonthWords(day: number): string {
  if (day === -1) return 'last day';
  return day < 0 ? `${ordinal(-day)} to last day` : ordinal(day);
}

const NTHS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** "first", "last", "2nd to last". */
export const nthWords = (nth: number): string =>
  nth === -1 ? 'last' : nth < 0 ? `${ordinal(-nth)} to last` : (NTHS[nth - 1] ?? ordinal(nth));

function ordinal(value: number): string {
  const tens = value % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}

/** "at 9:00 and 17:00", or "every 30 minutes from 9:00 to 17:00" where four or more are evenly spaced. */
export function timesWords(times: readonly TimeOfDay[]): string {
  const [first, second] = times;
  const last = times.at(-1);
  if (first === undefined || second === undefined || last === undefined)
    return `at ${first === undefined ? '' : formatTime(first)}`;
  const step = minutesOf(second) - minutesOf(first);
  const isEven =
    times.length >= 4 && times.every((time, i) => minutesOf(time) === minutesOf(first) + i * step);
  if (!isEven) return `at ${andWords(times.map(formatTime))}`;
  const every = step % 60 !== 0 ? `${step} minutes` : step === 60 ? 'hour' : `${step / 60} hours`;
  return `every ${step === 1 ? 'minute' : every} from ${formatTime(first)} to ${formatTime(last)}`;
}
