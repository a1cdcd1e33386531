import { expect, test } from 'vitest';
import { turnMilestone } from './turn-milestone.ts';

test('ends and questions are told, and nothing in between', () => {
  expect(turnMilestone('running false', 'done false')).toBe('The assistant has answered.');
  expect(turnMilestone('running true', 'waiting true')).toBe('The assistant asks whether it may use a tool.');
  expect(turnMilestone('running true', 'done true')).toBeUndefined();
  expect(turnMilestone('done true', 'running false')).toBeUndefined();
  expect(turnMilestone('done false', 'running false')).toBeUndefined();
});

test('a chat that is opened is not read aloud, nor are older turns that come in', () => {
  expect(turnMilestone('', 'done false')).toBeUndefined();
  expect(turnMilestone('stopped false', 'done false')).toBeUndefined();
});
