import { expect, test } from 'vitest';
import { wasAway } from './last-seen.ts';

const at = (text: string): number => new Date(text).getTime();

test('ten minutes are an absence, less is none', () => {
  expect(wasAway(at('2026-11-26T10:00:00'), at('2026-11-26T10:09:59'))).toBe(false);
  expect(wasAway(at('2026-11-26T10:00:00'), at('2026-11-26T10:10:01'))).toBe(true);
});

test('the first look of a day counts, but not midnight while one looks', () => {
  expect(wasAway(at('2026-11-25T23:57:00'), at('2026-11-26T00:00:10'))).toBe(true);
  expect(wasAway(at('2026-11-25T23:59:50'), at('2026-11-26T00:00:20'))).toBe(false);
});

test('a clock that went back is no absence', () => {
  expect(wasAway(at('2026-11-26T10:00:00'), at('2026-11-26T09:00:00'))).toBe(false);
});
