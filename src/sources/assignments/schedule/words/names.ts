import { WEEKDAYS, type Weekday, WORKING_DAYS } from '../rule/rule.ts';

export const WEEKDAY_NAMES = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Patterns of one name each, lower case; to be put into larger patterns. */
export const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?';
export const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
export const AND = '\\s*(?:,\\s*and\\b|,|\\band\\b|&|\\bor\\b)\\s*';
export const NTH = '(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))';

const NTHS = ['first', 'second', 'third', 'fourth', 'fifth'];

export const weekdayOf = (text: string): Weekday | undefined =>
  WEEKDAYS.find((day) => day.slice(0, 2) === text.slice(0, 2).toUpperCase());

/** 1 to 12. */
export const monthOf = (text: string): number =>
  MONTH_NAMES.findIndex((name) => name.toLowerCase().startsWith(text.slice(0, 3))) + 1;

/** 1 to 5, or -1 for the last. */
export const nthOf = (text: string): number =>
  text === 'last' ? -1 : NTHS.indexOf(text) + 1 || Number.parseInt(text, 10);

/** "mon-fri", "weekdays", "monday and thursday": the days that are named. */
export function weekdaysOf(text: string): readonly Weekday[] {
  if (/week(?:day|days)|(?:working|business|work)\s*days?/.test(text)) return WORKING_DAYS;
  if (/weekend/.test(text)) return ['SA', 'SU'];
  const range = new RegExp(`^(${WEEKDAY})\\s*(?:-|–|to|through)\\s*(${WEEKDAY})$`).exec(text.trim());
  const names = [...text.matchAll(new RegExp(WEEKDAY, 'g'))]
    .map(([name]) => weekdayOf(name))
    .filter((day) => day !== undefined);
  if (range === null) return WEEKDAYS.filter((day) => names.includes(day));
  const from = WEEKDAYS.indexOf(names[0] ?? 'MO');
  const length = ((WEEKDAYS.indexOf(names[1] ?? 'MO') - from + 7) % 7) + 1;
  const days = Array.from({ length }, (_, i) => WEEKDAYS[(from + i) % 7]);
  return WEEKDAYS.filter((day) => days.includes(day));
}

const COUNTS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  ninety: 90,
  other: 2,
  second: 2,
  third: 3,
};

/** Pattern of a number in figures or words; `numberOf` reads it. */
export const NUMBER = `(?:\\d{1,6}|${Object.keys(COUNTS).join('|')})`;

/** Without a number it is one. */
export const numberOf = (text: string | undefined): number =>
  text === undefined || text === '' ? 1 : (COUNTS[text] ?? Number(text));
