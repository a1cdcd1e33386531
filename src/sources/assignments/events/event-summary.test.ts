import { expect, test } from 'vitest';
import { eventSummary, eventsSummary } from './event-summary.ts';

const event = (type: string, data: Record<string, unknown> = {}) => ({ id: '1', type, at: '', data });

test.each([
  [event('file.created', { size: 3, path: '/a/b.pdf' }), 'file created: /a/b.pdf'],
  [event('github.push', { ref: 'refs/heads/main' }), 'github push: refs/heads/main'],
  [event('hook.called', { amount: 12 }), 'hook called: 12'],
  [event('hook.called', { lists: [1] }), 'hook called'],
  [event('x', { title: 'two\nlines \u0007' }), 'x: two lines'],
  [event('x', { title: 'a'.repeat(500) }), `x: ${'a'.repeat(156)}…`],
])('%o', (given, words) => {
  expect(eventSummary(given)).toBe(words);
});

test('several are counted by what they are', () => {
  expect(eventsSummary([])).toBe('no event');
  expect(eventsSummary([event('a', { path: 'b' })])).toBe('a: b');
  expect(eventsSummary([event('file.created'), event('file.removed'), event('file.created')])).toBe(
    '3 events: file created (2), file removed',
  );
});
