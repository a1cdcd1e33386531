import { expect, test } from 'vitest';
import { painted, paintFor, unpainted } from './colour.ts';

test('colours are for terminals that want them', () => {
  const tty = { isTTY: true };
  expect(paintFor(tty, { TERM: 'xterm' }, true)).toBe(painted);
  expect(paintFor(tty, { TERM: 'xterm' }, false)).toBe(unpainted);
  expect(paintFor(tty, { TERM: 'xterm', NO_COLOR: '1' }, true)).toBe(unpainted);
  expect(paintFor(tty, { TERM: 'dumb' }, true)).toBe(unpainted);
  expect(paintFor({}, { TERM: 'xterm' }, true)).toBe(unpainted);
});

test('a painted text ends its colour', () => expect(painted('ok', 'green')).toBe('\u001b[32mok\u001b[0m'));
