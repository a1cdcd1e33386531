import { expect, test } from 'vitest';
import { stripControl, textTail } from './text-tail.ts';

test('keeps the newest part', () => {
  const tail = textTail(10);
  for (let i = 0; i < 1_000; i++) tail.push(`line ${i}\n`);
  expect(tail.text()).toBe('line 999');
});

test('a character that comes in two pieces stays whole', () => {
  const tail = textTail(100);
  const bytes = Buffer.from('für 5 €');
  for (const byte of bytes) tail.push(Buffer.of(byte));
  expect(tail.text()).toBe('für 5 €');
});

test('the cut does not part a character', () => {
  const tail = textTail(5);
  tail.push('😀😀😀😀😀');
  expect(tail.text().isWellFormed()).toBe(true);
});

test('colours and control characters are taken out, line breaks and tabs stay', () => {
  expect(stripControl('\u001b[31mred\u001b[0m\u0007\ta\nb\u0000\r')).toBe('red\ta\nb');
});
