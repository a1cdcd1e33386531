import { expect, test } from 'vitest';
import { firstLine, plainText } from './plain.ts';

test('colours, titles and links of a terminal are taken out', () => {
  expect(plainText('\u001b[1;32mok\u001b[0m \u001b]0;title\u0007done')).toBe('ok done');
  expect(plainText('\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\')).toBe('link');
});

test('a rewritten line shows its last state', () => {
  expect(plainText('10%\r50%\r100%\nend')).toBe('100%\nend');
  expect(plainText('a\r\nb\r\n')).toBe('a\nb\n');
  expect(plainText('10%\r20%\r')).toBe('20%');
});

test('markup stays what it is: text', () => {
  expect(plainText('<b>x</b>\tend\u0000')).toBe('<b>x</b>\tend');
});

test('the first line that says something', () => {
  expect(firstLine('\n  \n hello \nthere')).toBe('hello');
  expect(firstLine('')).toBe('');
});
