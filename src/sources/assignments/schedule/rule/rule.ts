/** A weekday as RFC 5545 writes it. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A weekday, or its n-th of the month or year; from the end if negative. */
export interface RuleDay {
  readonly weekday: Weekday;
  readonly nth?: number;
}

/** An RRULE taken apart. */
export interface Rule {
  readonly freq: Frequency;
  readonly interval: number;
  readonly count?: number;
  /** As written: `20270301`, `20270301T090000` (both wall time) or `20270301T080000Z`. */
  readonly until?: string;
  readonly byMonth?: readonly number[];
  readonly byWeekNo?: readonly number[];
  readonly byYearDay?: readonly number[];
  readonly byMonthDay?: readonly number[];
  readonly byDay?: readonly RuleDay[];
  readonly byHour?: readonly number[];
  readonly byMinute?: readonly number[];
  readonly bySetPos?: readonly number[];
  readonly weekStart?: Weekday;
}

export const WORKING_DAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR'];

/** Whether the rule names times of day. If not, it steps through the hours of the clock. */
export const hasTimesOfDay = ({ freq }: Rule): boolean => freq !== 'HOURLY' && freq !== 'MINUTELY';

/** The rule as RFC 5545 writes it. */
export function formatRule(rule: Rule): string {
  const parts: [string, string | number | undefined][] = [
    ['FREQ', rule.freq],
    ['INTERVAL', rule.interval === 1 ? undefined : rule.interval],
    ['BYMONTH', rule.byMonth?.join()],
    ['BYWEEKNO', rule.byWeekNo?.join()],
    ['BYYEARDAY', rule.byYearDay?.join()],
    ['BYMONTHDAY', rule.byMonthDay?.join()],
    ['BYDAY', rule.byDay?.map(({ nth, weekday }) => `${nth ?? ''}${weekday}`).join()],
    ['BYHOUR', rule.byHour?.join()],
    ['BYMINUTE', rule.byMinute?.join()],
    ['BYSETPOS', rule.bySetPos?.join()],
    ['WKST', rule.weekStart],
    ['COUNT', rule.count],
    ['UNTIL', rule.until],
  ];
  return parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}
