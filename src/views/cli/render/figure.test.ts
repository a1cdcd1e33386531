import { expect, test } from 'vitest';
import { figure, fractionOf } from './figure.ts';

test.each([
  [{ value: 12, total: 40, unit: 'files' }, 11, '12/40 files'],
  [{ value: 12, total: 40, unit: 'files' }, 8, '12/40'],
  [{ value: 12, total: 40, unit: 'files' }, 4, '30 %'],
  [{ value: 52, total: 100 }, 11, '52 %'],
  [{ value: 0.999, total: 1 }, 11, '99 %'],
  [{ value: 12_345, total: 4_500_000, unit: 'B' }, 11, '12.3k/4.5M'],
  [{ value: 12_345, total: 4_500_000 }, 11, '0 %'],
  [{ value: 412 }, 11, ''],
  [{ value: 412, unit: 'files' }, 11, '412 files'],
  [{ value: 412, unit: 'very long things' }, 11, '412'],
  [{ value: 0 }, 11, ''],
  [undefined, 11, ''],
])('%j in %i columns is %j', (progress, width, text) => expect(figure(progress, width)).toBe(text));

test('a hundred percent only when all is done', () => {
  expect(figure({ value: 99.9, total: 100 }, 5)).toBe('99 %');
  expect(figure({ value: 100, total: 100 }, 5)).toBe('100 %');
});

test('no fraction without an end that can be told', () => {
  expect(fractionOf({ value: 3 })).toBeUndefined();
  expect(fractionOf({ value: 3, total: 0 })).toBeUndefined();
  expect(fractionOf({ value: 30, total: 20 })).toBe(1);
});
