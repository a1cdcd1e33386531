import { expect, test } from 'vitest';
import type { Schedule } from '../schedule.ts';
import { COUNTED_BEYOND_LIMIT, dueBetween, dueTimes } from './due-times.ts';

const START = Date.parse('2027-03-27T12:00:00Z');
const YEAR_MS = 365 * 86_400_000;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'];
const SCHEDULES: readonly Schedule[] = [
  { kind: 'once', at: '2027-04-01T09:00:00.000Z' },
  { kind: 'every', everyMs: 20 * 60_000, start: '2027-03-27T11:50:30.000Z' },
  { kind: 'cron', expression: '*/20 * * * *' },
  { kind: 'cron', expression: '0,30 2 * * *' },
  { kind: 'rrule', rule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=0,30', start: '2027-01-01T00:00:00' },
  { kind: 'rrule', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=40', start: '2027-01-05T10:00:00' },
  { kind: 'rrule', rule: 'FREQ=HOURLY;INTERVAL=5', start: '2027-01-05T10:15:00' },
  { kind: 'rrule', rule: 'FREQ=MONTHLY;BYMONTHDAY=31', start: '2027-01-31T10:15:00' },
];
const CASES = SCHEDULES.flatMap((schedule) => ZONES.map((zone) => [schedule, zone] as const));

test.each(CASES)('%o in %s: ascending, strictly after, and the same one by one', (schedule, timeZone) => {
  const times = dueTimes(schedule, timeZone, START, 40);
  const oneByOne: number[] = [];
  for (let at = START; oneByOne.length < times.length; at = oneByOne.at(-1) ?? at)
    oneByOne.push(...dueTimes(schedule, timeZone, at, 1));
  expect(oneByOne).toEqual(times);
  expect(times.every((time, i) => time > (times[i - 1] ?? START))).toBe(true);
});

test.each(CASES)(
  '%o in %s: what was due between two moments is what is due after the first',
  (schedule, timeZone) => {
    const times = dueTimes(schedule, timeZone, START, 60);
    const last = times.at(-1) ?? START;
    expect(dueBetween(schedule, timeZone, START, last, 100)).toEqual({ times, more: 0 });
    expect(dueBetween(schedule, timeZone, START, last, 10)).toEqual({
      times: times.slice(0, 10),
      more: Math.max(0, times.length - 10),
    });
    expect(dueBetween(schedule, timeZone, START, last - 1, 100)).toEqual({
      times: times.slice(0, -1),
      more: 0,
    });
  },
);

test('years of missed minutes are not counted one by one', () => {
  for (const schedule of [
    { kind: 'cron', expression: '* * * * *' },
    { kind: 'every', everyMs: 60_000, start: '2020-01-01T00:00:00.000Z' },
    { kind: 'rrule', rule: 'FREQ=MINUTELY', start: '2020-01-01T00:00:00' },
  ] as const) {
    const { times, more } = dueBetween(schedule, 'Europe/Berlin', START, START + 5 * YEAR_MS, 3);
    expect([times.map((time) => time - START), more]).toEqual([[60_000, 120_000, 180_000], 'many']);
    const exact = START + (3 + COUNTED_BEYOND_LIMIT) * 60_000;
    expect(dueBetween(schedule, 'Europe/Berlin', START, exact, 3).more).toBe(COUNTED_BEYOND_LIMIT);
  }
});

test('no limit, no time, and a clock that went back', () => {
  const daily = { kind: 'cron', expression: '0 9 * * *' } as const;
  expect(dueTimes(daily, 'UTC', START, 0)).toEqual([]);
  expect(dueBetween(daily, 'UTC', START, START + 2 * 86_400_000, 0)).toEqual({ times: [], more: 2 });
  expect(dueBetween(daily, 'UTC', START, START, 5)).toEqual({ times: [], more: 0 });
  expect(dueBetween(daily, 'UTC', START, START - 86_400_000, 5)).toEqual({ times: [], more: 0 });
});

test.each([
  { kind: 'cron', expression: '0 0 30 2 *' },
  { kind: 'cron', expression: '0 0 31 4,6 *' },
  { kind: 'rrule', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', start: '2027-01-01T00:00:00' },
  { kind: 'rrule', rule: 'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30', start: '2027-01-01T00:00:00' },
  { kind: 'rrule', rule: 'FREQ=HOURLY;INTERVAL=24;BYHOUR=5', start: '2027-01-01T00:00:00' },
  { kind: 'rrule', rule: 'FREQ=YEARLY;INTERVAL=9999', start: '2027-01-01T00:00:00' },
  { kind: 'rrule', rule: 'FREQ=DAILY;COUNT=3', start: '2020-01-01T00:00:00' },
  { kind: 'rrule', rule: 'FREQ=DAILY;UNTIL=20200101T000000Z', start: '2019-01-01T00:00:00' },
  { kind: 'once', at: '2027-03-27T12:00:00.000Z' },
] as const)('%o is over, or never was', (schedule) => {
  expect(dueTimes(schedule, 'Europe/Berlin', START, 5)).toEqual([]);
});

test('a record that no reading made is a fault', () => {
  expect(() =>
    dueTimes({ kind: 'every', everyMs: 0, start: '2027-01-01T00:00:00Z' }, 'UTC', START, 1),
  ).toThrow(/everyMs/);
  expect(() => dueTimes({ kind: 'once', at: 'soon' }, 'UTC', START, 1)).toThrow(/at: expected/);
  expect(() =>
    dueTimes({ kind: 'rrule', rule: 'FREQ=DAILY;INTERVAL=0', start: '2027-01-01T00:00:00' }, 'UTC', START, 1),
  ).toThrow(/INTERVAL/);
});
