import { expect, test } from 'vitest';
import { isTimeZone } from './time-zone.ts';

test.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5', 'europe/berlin'])(
  '%s is a time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(true);
  },
);

test.each(['', 'Berlin', 'Mars/Base', '+02:00', 'UTC+2', '../etc'])('"%s" is none', (name) => {
  expect(isTimeZone(name)).toBe(false);
});
