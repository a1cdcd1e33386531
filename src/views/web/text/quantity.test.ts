import { expect, test } from 'vitest';
import { formatAmount, formatBytes, formatCount, formatPart } from './quantity.ts';

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [1_400, '1.4 KB'],
  [999_600, '1 MB'],
  [11_600_000_000, '11.6 GB'],
  [240_000_000, '240 MB'],
])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test('a part of bytes is told in the unit of the whole', () => {
  expect(formatPart(140_000_000, 11_600_000_000, 'bytes')).toBe('0.1 of 11.6 GB');
});

test('other units are named as they come', () => {
  expect(formatPart(13, 20, 'epochs')).toBe('13 of 20 epochs');
  expect(formatPart(12_300, 50_000)).toBe('12,300 of 50,000');
  expect(formatAmount(1_500, 'B')).toBe('1.5 KB');
  expect(formatAmount(7, 'files')).toBe('7 files');
  expect(formatCount(99.96)).toBe('100');
});
