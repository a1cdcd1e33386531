import { describe, expect, test } from 'vitest';
import { dueTimes } from '../due/due-times.ts';
import type { Schedule } from '../schedule.ts';
import { CLOCK_CHANGES } from './clock-changes.ts';

const scheduleOf = (text: string): Schedule => {
  const [start, rule] = text.split(' FREQ=');
  return rule === undefined
    ? { kind: 'cron', expression: text }
    : { kind: 'rrule', rule: `FREQ=${rule}`, start: `${start}:00` };
};

describe.each(Object.entries(CLOCK_CHANGES))('%s', (timeZone, cases) => {
  test.each(cases)('%s after %s', (schedule, after, next) => {
    const count = next.split(' ').length;
    const due = dueTimes(scheduleOf(schedule), timeZone, Date.parse(`${after}Z`), count);
    expect(due.map((ms) => new Date(ms).toISOString().replace(':00.000Z', '')).join(' ')).toBe(next);
  });
});

/** Minutes since midnight and the date that a clock shows, by the platform's own reckoning. */
const clockOf = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (ms: number) => format.format(ms);
};

const CHANGES = [
  ['Europe/Berlin', '2027-03-28', '2027-10-31'],
  ['America/New_York', '2027-03-14', '2027-11-07'],
  ['Australia/Lord_Howe', '2027-10-03', '2027-04-04'],
  ['America/St_Johns', '2027-03-14', '2027-11-07'],
  ['Africa/Casablanca', '2026-03-22', '2026-02-15'],
  ['America/Sao_Paulo', '2018-11-04', '2019-02-16'],
] as const;

test.each(CHANGES)(
  '%s: on the days of a change every quarter of an hour is due when the clock first shows it or is past it',
  (timeZone, ...days) => {
    const clock = clockOf(timeZone);
    for (const day of days) {
      const noon = Date.parse(`${day}T12:00Z`);
      const minutes = Array.from({ length: 4 * 1440 }, (_, i) => noon - 2 * 86_400_000 + i * 60_000);
      const shown = minutes.map((ms) => [ms, clock(ms)] as const).filter(([, text]) => text.startsWith(day));
      for (let quarter = 0; quarter < 20; quarter += 1) {
        const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
        const wall = `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const expected = shown.find(([, text]) => text >= wall)?.[0];
        const before = (shown[0]?.[0] ?? 0) - 60_000;
        const [byCron] = dueTimes(
          { kind: 'cron', expression: `${minute} ${hour} * * *` },
          timeZone,
          before,
          1,
        );
        const rule = {
          kind: 'rrule',
          rule: `FREQ=DAILY;BYHOUR=${hour};BYMINUTE=${minute}`,
          start: '2018-01-01T00:00:00',
        } as const;
        const [byRule] = dueTimes(rule, timeZone, before, 1);
        expect([wall, byCron, byRule]).toEqual([wall, expected, expected]);
      }
    }
  },
);

test('steps of elapsed time do not see the clock', () => {
  const every = { kind: 'every', everyMs: 2 * 3_600_000, start: '2027-03-27T22:00:00.000Z' } as const;
  const due = dueTimes(every, 'Europe/Berlin', Date.parse('2027-03-28T00:00Z'), 3);
  expect(due.map((ms) => new Date(ms).toISOString())).toEqual([
    '2027-03-28T02:00:00.000Z',
    '2027-03-28T04:00:00.000Z',
    '2027-03-28T06:00:00.000Z',
  ]);
});
