import { expect, test } from 'vitest';
import { resultText } from './result-text.ts';

test('text parts stand as they are, others are named', () => {
  const content = [
    { type: 'text', text: 'one\ntwo' },
    { type: 'image', mimeType: 'image/png', data: 'A'.repeat(8192) },
    { type: 'resource_link', name: 'report', uri: 'file:///r.txt' },
    { type: 'resource', resource: { uri: 'file:///x', text: 'inside' } },
  ];
  expect(resultText({ content })).toBe('one\ntwo\n[image image/png, 6 KB]\n[report: file:///r.txt]\ninside');
});

test('without parts the structured content speaks', () => {
  expect(resultText({ content: [], structuredContent: { sum: 3 } })).toBe('{\n  "sum": 3\n}');
  expect(resultText({ content: [] })).toBe('');
  expect(resultText({ anything: 1 })).toBe('{\n  "anything": 1\n}');
  expect(resultText('words')).toBe('words');
  expect(resultText(null)).toBe('null');
});
