import { expect, test } from 'vitest';
import { sumOfUsage, usageWords } from './usage.ts';

const usage = (inputTokens: number, outputTokens: number, currency?: string, cost = 0) => ({
  inputTokens,
  outputTokens,
  costs: currency === undefined ? [] : [{ currency, cost }],
});

test('sums tokens, and costs by currency; where no model was asked there is nothing', () => {
  expect(sumOfUsage([undefined, undefined])).toBeUndefined();
  expect(
    sumOfUsage([usage(1, 2, 'USD', 0.5), undefined, usage(10, 20, 'EUR', 1), usage(0, 0, 'USD', 0.25)]),
  ).toEqual({
    inputTokens: 11,
    outputTokens: 22,
    costs: [
      { currency: 'USD', cost: 0.75 },
      { currency: 'EUR', cost: 1 },
    ],
  });
});

test('says it in words', () => {
  expect(usageWords(usage(1_000, 234))).toBe('1,234 tokens');
  expect(usageWords(usage(1, 1, 'USD', 0.01234))).toBe('2 tokens, 0.0123 USD');
  expect(usageWords(usage(1, 1, 'EUR', 2))).toBe('2 tokens, 2.00 EUR');
});
