import { describe, expect, test } from 'vitest';
import { describeSchedule } from '../describe/describe-schedule.ts';
import { dueTimes } from '../due/due-times.ts';
import { readSchedule } from '../read/read-schedule.ts';
import { isProblem } from '../schedule.ts';
import { REFUSED } from './texts-refused.ts';
import { UNDERSTOOD } from './texts-understood.ts';

const NOW = Date.parse('2026-11-26T09:03:27Z');
const BERLIN = { timeZone: 'Europe/Berlin', nowMs: NOW };
const read = (text: string, context = BERLIN) => {
  const understood = readSchedule(text, context);
  if (isProblem(understood)) throw new Error(understood.problem);
  return understood;
};
const short = (ms: number) => new Date(ms).toISOString().replace(/(:00)?\.000Z$/, 'Z');

describe('understood', () => {
  test.each(UNDERSTOOD)('%s', (text, words, next) => {
    const { schedule, words: said, isRepeated } = read(text);
    const due = dueTimes(schedule, BERLIN.timeZone, NOW, 3);
    expect([said.replace(' (Europe/Berlin)', ''), due.map(short).join(' ')]).toEqual([words, next]);
    expect(isRepeated).toBe(schedule.kind !== 'once');
  });
});

describe('refused', () => {
  test.each(REFUSED)('%s', (text, problem) => {
    const understood = readSchedule(text, BERLIN);
    expect(isProblem(understood) ? understood.problem : understood).toContain(problem);
  });

  test('nothing, too much, and a zone that is none', () => {
    expect(readSchedule('  ', BERLIN)).toEqual({ problem: expect.stringContaining('Nothing was written') });
    expect(readSchedule('every day '.repeat(60), BERLIN)).toEqual({
      problem: expect.stringContaining('600 characters'),
    });
    expect(readSchedule('at 9', { timeZone: 'Mars/Base', nowMs: NOW })).toEqual({
      problem: expect.stringContaining('Mars/Base is not a time zone'),
    });
  });

  test('a text that is no time is answered with what could be written', () => {
    const answer = readSchedule('do it sometimes', BERLIN);
    expect(answer).toEqual({ problem: expect.stringMatching(/in 20 minutes.*tomorrow at 9:00/) });
    expect(readSchedule('every blue moon', BERLIN)).toEqual({
      problem: expect.stringMatching(/"blue moon".*every weekday at 9:00/),
    });
  });
});

test('what is said of words can be written, and means the same', () => {
  const again = UNDERSTOOD.filter(([text]) => !/^[\d*@]\S* \S+ \S+ |^@|FREQ/.test(text)).map(([text]) => {
    const { schedule, words } = read(text);
    if (words.includes('Starting')) return [text, 'a start that the words leave to a note'];
    const [said = ''] = words.split(/(?<=\))\. /);
    const second = read(said);
    expect([text, dueTimes(second.schedule, BERLIN.timeZone, NOW, 5)]).toEqual([
      text,
      dueTimes(schedule, BERLIN.timeZone, NOW, 5),
    ]);
    expect(describeSchedule(second.schedule, BERLIN.timeZone)).toBe(said);
    return [text, said];
  });
  expect(again.length).toBeGreaterThan(120);
});

test('a text is read by the clock of the assignment, wherever the machine stands', () => {
  const moments = UNDERSTOOD.filter(([, words]) => /^Once|starting|until/.test(words));
  expect(moments.length).toBeGreaterThan(70);
  const zone = process.env.TZ;
  const offsets = new Set<number>();
  try {
    for (const machine of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kathmandu', 'Europe/Berlin']) {
      process.env.TZ = machine;
      offsets.add(new Date(NOW).getTimezoneOffset());
      for (const [text, , next] of moments) {
        expect([
          machine,
          text,
          dueTimes(read(text).schedule, BERLIN.timeZone, NOW, 3).map(short).join(' '),
        ]).toEqual([machine, text, next]);
      }
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  expect(offsets.size).toBe(4);
});

test.each([
  ['Europe/Berlin', '2026-11-27T08:00Z'],
  ['America/New_York', '2026-11-26T14:00Z'],
  ['Australia/Lord_Howe', '2026-11-26T22:00Z'],
  ['Asia/Kathmandu', '2026-11-27T03:15Z'],
  ['America/St_Johns', '2026-11-26T12:30Z'],
  ['Pacific/Apia', '2026-11-26T20:00Z'],
  ['UTC', '2026-11-27T09:00Z'],
])('"at 9:00" and "every day at 9:00" in %s are next at %s', (timeZone, next) => {
  for (const text of ['at 9:00', 'every day at 9:00', '0 9 * * *', 'FREQ=DAILY']) {
    const { schedule } = read(text, { timeZone, nowMs: NOW });
    expect(dueTimes(schedule, timeZone, NOW, 1).map(short)).toEqual([next]);
  }
});

test('a time that the clock skips or shows twice is taken once, and it is said', () => {
  const before = { timeZone: 'Europe/Berlin', nowMs: Date.parse('2027-03-27T12:00Z') };
  const skipped = read('tomorrow at 2:30', before);
  expect(skipped.schedule).toEqual({ kind: 'once', at: '2027-03-28T01:00:00.000Z' });
  expect(skipped.words).toContain('2:30 does not exist that day');
  const twice = read('tomorrow at 2:30', { ...before, nowMs: Date.parse('2027-10-30T12:00Z') });
  expect(twice.schedule).toEqual({ kind: 'once', at: '2027-10-31T00:30:00.000Z' });
  expect(twice.words).toContain('2:30 comes twice that day');
});

test('"in 24 hours" is elapsed time, "in 1 day" keeps the time of day', () => {
  const context = { timeZone: 'Europe/Berlin', nowMs: Date.parse('2027-03-27T12:00Z') };
  expect(read('in 24 hours', context).schedule).toEqual({ kind: 'once', at: '2027-03-28T12:00:00.000Z' });
  expect(read('in 1 day', context).schedule).toEqual({ kind: 'once', at: '2027-03-28T11:00:00.000Z' });
});
