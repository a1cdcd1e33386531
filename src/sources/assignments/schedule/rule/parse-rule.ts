import type { Problem } from '../schedule.ts';
import { isProblem } from '../schedule.ts';
import { FREQUENCIES, type Frequency, type Rule, type RuleDay, WEEKDAYS, type Weekday } from './rule.ts';

/** More repetitions than this is "for ever"; fewer can be counted in no time. */
export const MAX_COUNT = 10_000;
export const MAX_INTERVAL = 10_000;

/** Takes an RRULE apart (`FREQ=…;…`, without DTSTART), and checks it part by part. */
export function parseRule(text: string): Rule | Problem {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';').filter(Boolean)) {
    const [name = '', value, ...more] = part.split('=');
    if (value === undefined || value === '' || more.length > 0)
      return { problem: `${part}: expected NAME=VALUE, such as FREQ=WEEKLY.` };
    if (!KNOWN.has(name)) return { problem: `${name}: not a part of a rule; expected ${listed(KNOWN)}.` };
    if (parts.has(name)) return { problem: `${name}: stands twice in the rule.` };
    parts.set(name, value);
  }
  const freq = parts.get('FREQ');
  if (freq === 'SECONDLY') return { problem: 'FREQ: the shortest is MINUTELY.' };
  if (!isFrequency(freq))
    return {
      problem: `FREQ: expected one of ${listed(FREQUENCIES)}${freq === undefined ? '' : `, not ${freq}`}.`,
    };

  const numbers: Partial<Record<keyof typeof LISTS, number[]>> = {};
  for (const [name, { from, to }] of entries(LISTS)) {
    const value = parts.get(name);
    if (value === undefined) continue;
    const list = numberList(value, from, to);
    if (list === undefined)
      return { problem: `${name}: expected numbers from ${from} to ${to}, not ${value}.` };
    numbers[name] = list;
  }
  if (numbers.BYSECOND?.some((second) => second !== 0))
    return { problem: 'BYSECOND: only 0 is taken; the shortest step is a minute.' };

  const days = parts.get('BYDAY')?.split(',').map(ruleDay);
  const byDay = days?.filter((day) => day !== undefined);
  if (byDay?.length !== days?.length)
    return { problem: `BYDAY: expected weekdays such as MO, 1MO or -1FR, not ${parts.get('BYDAY')}.` };
  if (byDay?.some(({ nth }) => nth !== undefined) && freq !== 'MONTHLY' && freq !== 'YEARLY')
    return { problem: 'BYDAY: a numbered weekday such as -1FR goes with FREQ=MONTHLY or FREQ=YEARLY.' };

  const weekStart = parts.get('WKST');
  if (weekStart !== undefined && !isWeekday(weekStart))
    return { problem: `WKST: expected one of ${listed(WEEKDAYS)}, not ${weekStart}.` };
  const interval = whole(parts.get('INTERVAL') ?? '1', MAX_INTERVAL);
  if (interval === undefined) return { problem: `INTERVAL: expected a number from 1 to ${MAX_INTERVAL}.` };
  const count = whole(parts.get('COUNT'), MAX_COUNT);
  if (count === undefined && parts.has('COUNT'))
    return { problem: `COUNT: expected a number from 1 to ${MAX_COUNT}.` };
  const until = parts.get('UNTIL');
  if (until !== undefined && !isUntil(until))
    return { problem: `UNTIL: expected 20270301 or 20270301T090000Z, not ${until}.` };
  if (until !== undefined && count !== undefined)
    return { problem: 'COUNT and UNTIL: only one of the two can end a rule.' };

  return (
    misfit(freq, numbers) ?? {
      freq,
      interval,
      ...(count === undefined ? {} : { count }),
      ...(until === undefined ? {} : { until }),
      ...(numbers.BYMONTH && { byMonth: numbers.BYMONTH }),
      ...(numbers.BYWEEKNO && { byWeekNo: numbers.BYWEEKNO }),
      ...(numbers.BYYEARDAY && { byYearDay: numbers.BYYEARDAY }),
      ...(numbers.BYMONTHDAY && { byMonthDay: numbers.BYMONTHDAY }),
      ...(byDay && { byDay }),
      ...(numbers.BYHOUR && { byHour: numbers.BYHOUR }),
      ...(numbers.BYMINUTE && { byMinute: numbers.BYMINUTE }),
      ...(numbers.BYSETPOS && { bySetPos: numbers.BYSETPOS }),
      ...(weekStart && { weekStart }),
    }
  );
}

/** The rule of a record, which was checked when it was read. Throws when it no longer fits. */
export function ruleOf(text: string): Rule {
  const rule = parseRule(text);
  if (isProblem(rule)) throw new RangeError(`rule: ${rule.problem}`);
  return rule;
}

const LISTS = {
  BYMONTH: { from: 1, to: 12 },
  BYWEEKNO: { from: -53, to: 53 },
  BYYEARDAY: { from: -366, to: 366 },
  BYMONTHDAY: { from: -31, to: 31 },
  BYHOUR: { from: 0, to: 23 },
  BYMINUTE: { from: 0, to: 59 },
  BYSECOND: { from: 0, to: 59 },
  BYSETPOS: { from: -366, to: 366 },
} as const;

const KNOWN = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST', ...Object.keys(LISTS)]);

/** What RFC 5545 does not let stand together. */
function misfit(
  freq: Frequency,
  numbers: Partial<Record<keyof typeof LISTS, number[]>>,
): Problem | undefined {
  if (numbers.BYWEEKNO && freq !== 'YEARLY') return { problem: 'BYWEEKNO: goes with FREQ=YEARLY only.' };
  if (numbers.BYYEARDAY && (freq === 'DAILY' || freq === 'WEEKLY' || freq === 'MONTHLY'))
    return { problem: `BYYEARDAY: does not go with FREQ=${freq}.` };
  if (numbers.BYMONTHDAY && freq === 'WEEKLY')
    return { problem: 'BYMONTHDAY: does not go with FREQ=WEEKLY; use FREQ=MONTHLY.' };
  const others = Object.keys(numbers).filter((name) => name !== 'BYSETPOS' && name !== 'BYSECOND');
  if (numbers.BYSETPOS && others.length === 0 && freq !== 'MONTHLY' && freq !== 'YEARLY')
    return { problem: 'BYSETPOS: needs another BY part to choose from.' };
  return undefined;
}

function numberList(text: string, from: number, to: number): number[] | undefined {
  const list = text.split(',').map((item) => (/^[+-]?\d{1,3}$/.test(item) ? Number(item) : Number.NaN));
  const fits = (value: number) => value >= from && value <= to && !(from < 0 && value === 0);
  return list.every(fits) ? [...new Set(list)].sort((a, b) => a - b) : undefined;
}

function ruleDay(text: string): RuleDay | undefined {
  const [, nth, weekday = ''] = /^([+-]?\d{1,2})?(\w\w)$/.exec(text) ?? [];
  if (!isWeekday(weekday)) return undefined;
  if (nth === undefined) return { weekday };
  return Number(nth) === 0 || Math.abs(Number(nth)) > 53 ? undefined : { weekday, nth: Number(nth) };
}

function whole(text: string | undefined, max: number): number | undefined {
  const value = text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= max ? value : undefined;
}

function isUntil(text: string): boolean {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString() === iso;
}

const isFrequency = (text: string | undefined): text is Frequency =>
  FREQUENCIES.some((known) => known === text);
const isWeekday = (text: string): text is Weekday => WEEKDAYS.some((known) => known === text);
const entries = <K extends string, V>(record: Record<K, V>) => Object.entries(record) as [K, V][];
const listed = (names: Iterable<string>) => [...names].join(', ');
