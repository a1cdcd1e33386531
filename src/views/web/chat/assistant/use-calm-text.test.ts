import { expect, test } from 'vitest';
import { calmMs } from './use-calm-text.ts';

test('only the last block counts, and nothing waits longer than a second', () => {
  expect(calmMs('')).toBe(0);
  expect(calmMs(`${'x'.repeat(10_000)}\n\nshort`)).toBeLessThan(1);
  expect(calmMs('| a row\n'.repeat(400))).toBeCloseTo(128, 0);
  expect(calmMs('| a row\n'.repeat(40_000))).toBe(1_000);
});
