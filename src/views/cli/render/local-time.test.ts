import { expect, test } from 'vitest';
import { localTime } from './local-time.ts';

test('a moment is told as it is in the time zone', () => {
  expect(localTime('2026-11-27T08:00:00.000Z', 'Europe/Berlin')).toBe('Fri 27 Nov 2026, 09:00');
  expect(localTime('2026-11-27T08:00:00.000Z', 'America/New_York')).toBe('Fri 27 Nov 2026, 03:00');
});
