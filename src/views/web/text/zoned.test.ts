import { expect, test } from 'vitest';
import { formatDistance, formatZoned, formatZonedFully } from './zoned.ts';

const now = Date.parse('2026-11-26T09:03:00Z');

test.each([
  ['2026-11-26T09:03:00Z', 'just now'],
  ['2026-11-26T10:02:58Z', 'in 1 h'],
  ['2026-11-27T09:02:58Z', 'in 1 d'],
  ['2026-11-26T09:03:20Z', 'in 20 s'],
  ['2026-11-26T09:23:00Z', 'in 20 min'],
  ['2026-11-26T12:03:00Z', 'in 3 h'],
  ['2026-12-01T09:03:00Z', 'in 5 d'],
  ['2026-11-26T08:59:00Z', '4 min ago'],
])('how far %s is', (iso, words) => {
  expect(formatDistance(iso, now)).toBe(words);
});

test.each([
  ['2026-11-26T16:00:00Z', 'Europe/Berlin', 'today 17:00'],
  ['2026-11-27T08:00:00Z', 'Europe/Berlin', 'tomorrow 9:00'],
  ['2026-11-26T23:30:00Z', 'Europe/Berlin', 'tomorrow 0:30'],
  ['2026-11-26T16:00:00Z', 'Asia/Tokyo', 'tomorrow 1:00'],
  ['2026-11-25T08:00:00Z', 'UTC', 'yesterday 8:00'],
  ['2026-11-30T08:00:00Z', 'Europe/Berlin', 'Mon 30 Nov 9:00'],
  ['2027-01-04T08:00:00Z', 'Europe/Berlin', 'Mon 4 Jan 2027 9:00'],
  ['2026-11-26T16:00:00Z', 'No/Where', 'today 16:00'],
])('%s in %s', (iso, zone, words) => {
  expect(formatZoned(iso, zone, now)).toBe(words);
});

test('in full', () => {
  expect(formatZonedFully('2026-11-30T08:00:00Z', 'Europe/Berlin')).toBe(
    'Monday 30 November 2026, 9:00:00 (Europe/Berlin)',
  );
});
