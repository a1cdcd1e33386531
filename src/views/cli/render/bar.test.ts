import { expect, test } from 'vitest';
import { bar, wanderingBar } from './bar.ts';

test.each([
  [0, '░░░░'],
  [0.25, '█░░░'],
  [0.5, '██░░'],
  [0.54, '██▏░'],
  [0.6, '██▍░'],
  [0.999, '███▉'],
  [1, '████'],
  [7, '████'],
  [-1, '░░░░'],
  [Number.NaN, '░░░░'],
])('a bar of four columns at %d is %s', (fraction, text) => expect(bar(fraction, 4)).toBe(text));

test('a full bar is only for the whole work', () => expect(bar(0.9999, 20)).not.toBe('█'.repeat(20)));

test('the wandering block goes to the end and back and keeps its width', () => {
  const steps = Array.from({ length: 13 }, (_, step) => wanderingBar(step, 8));
  expect(steps[0]).toBe('██░░░░░░');
  expect(steps[6]).toBe('░░░░░░██');
  expect(steps[12]).toBe(steps[0]);
  expect(new Set(steps.map((text) => text.length))).toEqual(new Set([8]));
});
