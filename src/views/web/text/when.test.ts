import { expect, test } from 'vitest';
import { formatClock, formatMoment, formatWhen, isSameDay } from './when.ts';

const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();
const now = new Date(2026, 10, 23, 15, 0).getTime();

test('the nearer, the shorter', () => {
  expect(formatWhen(at(2026, 10, 23, 14, 5), now)).toBe('14:05');
  expect(formatWhen(at(2026, 10, 22, 23, 59), now)).toBe('Yesterday');
  expect(formatWhen(at(2026, 10, 18, 8, 0), now)).toBe('Wed');
  expect(formatWhen(at(2026, 10, 3, 8, 0), now)).toBe('3 Nov');
  expect(formatWhen(at(2025, 10, 3, 8, 0), now)).toBe('3 Nov 2025');
});

test('a moment in full', () => {
  expect(formatClock(at(2026, 10, 23, 9, 5))).toBe('09:05');
  expect(formatMoment(at(2026, 10, 23, 9, 5), now)).toBe('today 09:05:00');
  expect(formatMoment(at(2026, 10, 3, 9, 5), now)).toBe('3 Nov 2026 09:05:00');
  expect(isSameDay(at(2026, 10, 22, 23, 59), now)).toBe(false);
});
