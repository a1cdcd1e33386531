import { expect, test } from 'vitest';
import { describeSchedule } from '../describe/describe-schedule.ts';
import { dueTimes } from '../due/due-times.ts';
import { readSchedule } from '../read/read-schedule.ts';
import { isProblem } from '../schedule.ts';

const WORDS =
  'every each day week month year weekday weekdays weekend monday tue friday other second first last the of on at in until for from to between starting times and , 9 9:00 17:30 9am noon :15 25:00 0 1 2 3 31 31st 15th 99999 february 29 march 2027 2027-02-29 minutes hours m h 1.5 tomorrow next now hourly daily monthly quarter * */5 0 1-5 L # FREQ=DAILY FREQ=YEARLY ; BYDAY=-1FR INTERVAL=3 COUNT=2 BYMONTHDAY=31 BYSETPOS=-1 RRULE: DTSTART:20270101 @daily ( ) (Europe/Berlin) é 😀 -1 null'.split(
    ' ',
  );
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];

/** The same "random" numbers in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

test('no text makes reading throw; what is understood has words and ascending times', () => {
  const below = numbers(4);
  let understood = 0;
  for (let i = 0; i < 1200; i += 1) {
    const text = Array.from({ length: 1 + below(6) }, () => WORDS[below(WORDS.length)]).join(
      below(8) === 0 ? ';' : ' ',
    );
    const timeZone = ZONES[below(ZONES.length)] ?? 'UTC';
    const nowMs = Date.UTC(2026, below(24), 1 + below(28), below(24), below(60), below(60));
    const answer = readSchedule(text, { timeZone, nowMs });
    if (isProblem(answer)) {
      expect(answer.problem.length, text).toBeGreaterThan(10);
      continue;
    }
    understood += 1;
    const times = dueTimes(answer.schedule, timeZone, nowMs, 4);
    expect(times.length, text).toBeGreaterThan(0);
    expect(
      [nowMs, ...times].every((time, at, all) => at === 0 || time > (all[at - 1] ?? 0)),
      text,
    ).toBe(true);
    expect(answer.words.startsWith(describeSchedule(answer.schedule, timeZone)), text).toBe(true);
  }
  expect(understood).toBeGreaterThan(60);
});

test('no characters make reading throw', () => {
  const below = numbers(9);
  for (let i = 0; i < 600; i += 1) {
    const text = String.fromCharCode(
      ...Array.from({ length: below(40) }, () => 32 + below(i % 2 === 0 ? 95 : 900)),
    );
    expect(() => readSchedule(text, { timeZone: 'Europe/Berlin', nowMs: 1.8e12 })).not.toThrow();
  }
});

test('long texts of one kind are read in no time', () => {
  const texts = [
    'every '.repeat(80),
    '9:00 and '.repeat(55),
    `${'1,'.repeat(240)}1 * * * *`,
    `${'1st and '.repeat(60)}`,
    'a'.repeat(500),
  ];
  for (const text of texts) readSchedule(text, { timeZone: 'Europe/Berlin', nowMs: 1.8e12 });
});
