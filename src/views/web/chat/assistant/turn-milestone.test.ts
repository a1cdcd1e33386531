import { expect, test } from 'vitest';
import { standing, turnMilestone } from './turn-milestone.ts';

const running = standing('a', 'running', false);

test('ends and questions are told, and nothing in between', () => {
  expect(turnMilestone(running, standing('a', 'done', false))).toBe('The assistant has answered.');
  expect(turnMilestone(running, standing('a', 'waiting', true))).toContain('asks');
  expect(turnMilestone(running, standing('a', 'stopped', true))).toBe('The answer was stopped.');
  expect(turnMilestone(running, standing('a', 'done', true))).toBeUndefined();
  expect(turnMilestone(standing('a', 'done', true), standing('b', 'running', false))).toBeUndefined();
});

test('an answer that came between two looks is told as well', () => {
  expect(turnMilestone(standing('a', 'done', false), standing('b', 'done', false))).toContain('has answered');
});

test('a chat that is opened is not read aloud', () => {
  expect(turnMilestone('', standing('a', 'done', false))).toBeUndefined();
  expect(turnMilestone(standing('a', 'done', false), standing('a', 'done', false))).toBeUndefined();
});
