import { expect, test } from 'vitest';
import { summariseArguments } from './arguments.ts';
import { resultText } from './result.ts';

test('the texts of a tool result, in order, and the names of what is not text', () => {
  const content = [
    { type: 'text', text: '\u001b[32mone\u001b[0m' },
    { type: 'image', mimeType: 'image/png', data: '…' },
    { type: 'resource', resource: { uri: 'file:///a', text: 'inside' } },
  ];
  expect(resultText({ content })).toBe('one\n[image image/png]\ninside');
});

test('structured content stands in where there is no text', () => {
  expect(resultText({ content: [], structuredContent: { a: 1 } })).toBe('{\n  "a": 1\n}');
  expect(resultText({ content: [{ type: 'text', text: 'x' }], structuredContent: { a: 1 } })).toBe('x');
});

test('anything else is shown as JSON', () => {
  expect(resultText('plain')).toBe('plain');
  expect(resultText({ done: true })).toBe('{\n  "done": true\n}');
});

test('arguments on one line, cut where the line ends', () => {
  expect(summariseArguments({ command: 'ls -l', n: 3 })).toBe('command="ls -l" n=3');
  expect(summariseArguments({ text: 'x'.repeat(300) }, 20)).toHaveLength(20);
  expect(summariseArguments(undefined)).toBe('');
});
