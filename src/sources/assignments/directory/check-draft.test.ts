import { expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../../assignment/assignment.ts';
import { rulesOf } from './check-draft.ts';

test('rules that are given change those before; an empty time takes it out', () => {
  const before = rulesOf({ expectedBy: '10:00', retries: 3 });
  expect(before).toEqual({ ...DEFAULT_RULES, expectedBy: '10:00', retries: 3 });
  expect(rulesOf({ retries: undefined, disableAfter: 2 }, before)).toEqual({ ...before, disableAfter: 2 });
  expect(rulesOf({ expectedBy: '' }, before)).toEqual({ ...DEFAULT_RULES, retries: 3 });
});
