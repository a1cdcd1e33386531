import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dueTimes } from '../due/due-times.ts';
import { readSchedule } from '../read/read-schedule.ts';
import { isProblem } from '../schedule.ts';

const PAGE = join(import.meta.dirname, '../../../../../docs/schedules.md');
const CONTEXT = { timeZone: 'Europe/Berlin', nowMs: Date.parse('2026-11-26T09:03:00Z') };
const clock = new Intl.DateTimeFormat('sv', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'short',
});

const ROWS = [...readFileSync(PAGE, 'utf8').matchAll(/^\| `([^`]+)` \| (.+) \| ([-\d :,]+) \|$/gm)].map(
  ([, text = '', words = '', next = '']) => ({ text, words, next }),
);

test('the page of schedules has its examples', () => {
  expect(ROWS.length).toBeGreaterThan(50);
});

test.each(ROWS)('documented: $text', ({ text, words, next }) => {
  const understood = readSchedule(text, CONTEXT);
  if (isProblem(understood)) throw new Error(understood.problem);
  const due = dueTimes(understood.schedule, CONTEXT.timeZone, CONTEXT.nowMs, 2).map((ms) => clock.format(ms));
  expect([understood.words.replace(' (Europe/Berlin)', ''), due.join(', ')]).toEqual([words, next]);
});
