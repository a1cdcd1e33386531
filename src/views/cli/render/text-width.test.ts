import { expect, test } from 'vitest';
import { pad, textWidth, truncate } from './text-width.ts';

test.each([
  ['abc', 3],
  ['Grüße', 5],
  ['世界', 4],
  ['🎉', 2],
  ['👩‍👩‍👧', 2],
  ['e\u0301', 1],
  ['▌…', 2],
])('%s takes %i columns', (text, width) => expect(textWidth(text)).toBe(width));

test('what does not fit gives way to an ellipsis', () => {
  expect(truncate('nightly backup', 14)).toBe('nightly backup');
  expect(truncate('nightly backup', 9)).toBe('nightly…');
  expect(truncate('世界世界', 4)).toBe('世…');
  expect(truncate('abc', 0)).toBe('');
});

test('fit fills to the very width, wide characters included', () => {
  expect(pad('ab', 4)).toBe('ab  ');
  expect(pad('ab', 4, 'right')).toBe('  ab');
  expect(textWidth(pad('世界世界', 6))).toBe(6);
});
