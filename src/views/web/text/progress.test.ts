import { expect, test } from 'vitest';
import { viewProgress } from './progress.ts';

test('nothing known shows nothing', () => {
  expect(viewProgress(undefined)).toEqual({});
  expect(viewProgress({ value: 0 })).toEqual({});
});

test('a total makes a fraction and an amount', () => {
  expect(viewProgress({ value: 13, total: 20, unit: 'files' })).toEqual({
    fraction: 0.65,
    percent: '65%',
    amount: '13 of 20 files',
  });
});

test('bare numbers are a share and nothing else', () => {
  expect(viewProgress({ value: 13, total: 20 })).toEqual({ fraction: 0.65, percent: '65%' });
  expect(viewProgress({ value: 13 })).toEqual({});
});

test('out of 100 is a percent and nothing twice', () => {
  expect(viewProgress({ value: 64, total: 100 })).toEqual({ fraction: 0.64, percent: '64%' });
  expect(viewProgress({ value: 29, unit: '%' })).toEqual({ fraction: 0.29, percent: '29%' });
});

test('without a total only the amount is told', () => {
  expect(viewProgress({ value: 1_400_000, unit: 'bytes' })).toEqual({ amount: '1.4 MB' });
  expect(viewProgress({ value: 5, total: 0, unit: 'files' })).toEqual({ amount: '5 files' });
});

test('more than all is all, and nearly all is not all', () => {
  expect(viewProgress({ value: 120, total: 100 }).percent).toBe('100%');
  expect(viewProgress({ value: 9_999, total: 10_000 }).percent).toBe('99%');
});
