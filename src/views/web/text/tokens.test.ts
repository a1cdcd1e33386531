import { expect, test } from 'vitest';
import { formatCost, formatTokens } from './tokens.ts';

test('numbers are short', () => {
  expect([0, 999, 1_000, 1_240, 12_400, 999_400, 1_200_000].map(formatTokens)).toEqual([
    '0',
    '999',
    '1k',
    '1.2k',
    '12k',
    '999k',
    '1.2M',
  ]);
});

test('small costs keep two digits that say something', () => {
  expect([0, 0.0031, 0.0123, 0.5, 12].map((cost) => formatCost(cost, 'EUR'))).toEqual([
    '€0.00',
    '€0.0031',
    '€0.012',
    '€0.50',
    '€12.00',
  ]);
});
