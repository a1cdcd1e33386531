import { expect, test } from 'vitest';
import { sumUsage, usageWords } from './usage.ts';

test('the steps of a turn are added up', () => {
  expect(
    sumUsage([
      { inputTokens: 10, outputTokens: 5, cost: 0.1 },
      undefined,
      { inputTokens: 20, outputTokens: 1, cachedInputTokens: 4, cost: 0.2 },
    ]),
  ).toEqual({ inputTokens: 30, outputTokens: 6, cachedInputTokens: 4, cost: expect.closeTo(0.3) });
  expect(sumUsage([undefined])).toBeUndefined();
});

test('a cost that is known of some steps only is not told', () => {
  expect(
    sumUsage([
      { inputTokens: 1, outputTokens: 1, cost: 1 },
      { inputTokens: 1, outputTokens: 1 },
    ]),
  ).toEqual({ inputTokens: 2, outputTokens: 2 });
});

test('costs in different currencies are not added', () => {
  const usage = (currency: string) => ({ inputTokens: 1, outputTokens: 1, cost: 1, currency });
  expect(sumUsage([usage('EUR'), usage('EUR')])).toMatchObject({ cost: 2, currency: 'EUR' });
  expect(sumUsage([usage('EUR'), usage('USD')])).toEqual({ inputTokens: 2, outputTokens: 2 });
});

test('said in a few words', () => {
  expect(usageWords({ inputTokens: 1_240, outputTokens: 17 })).toBe('1.2k tokens read, 17 written');
});
