import { describe, expect, test } from 'vitest';
import type { EventFilter } from '../../../assignment/assignment.ts';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import { filterProblems, matchesFilters } from './matches-filters.ts';

const EVENT: AcceptedEvent = {
  id: 'e1',
  type: 'file.created',
  at: '2026-11-26T00:00:00.000Z',
  data: {
    path: '/home/me/bills/may.pdf',
    size: 0,
    ok: true,
    none: null,
    labels: ['red', 'blue'],
    payload: { ref: 'refs/heads/main', 'a.b': 1 },
    type: 'of the data',
  },
};

describe('one filter', () => {
  test.each<[EventFilter['path'], EventFilter['op'], string | undefined, boolean]>([
    ['path', 'equals', '/home/me/bills/may.pdf', true],
    ['path', 'equals', '/home/me/bills/may', false],
    ['size', 'equals', '0', true],
    ['ok', 'equals', 'true', true],
    ['none', 'equals', 'null', true],
    ['labels', 'equals', 'blue', true],
    ['payload', 'equals', '{"ref":"refs/heads/main","a.b":1}', true],
    ['payload.a.b', 'equals', '1', true],
    ['labels.0', 'equals', 'red', true],
    ['type', 'equals', 'file.created', true],
    ['data.type', 'equals', 'of the data', true],
    ['missing', 'equals', '', false],
    ['size', 'not_equals', '1', true],
    ['size', 'not_equals', '0', false],
    ['missing', 'not_equals', '0', true],
    ['labels', 'not_equals', 'blue', false],
    ['path', 'glob', '*.pdf', true],
    ['path', 'glob', '*.txt', false],
    ['path', 'glob', '/home/me/**', true],
    ['path', 'glob', '/home/me/*.pdf', false],
    ['path', 'glob', '/home/**/*.{txt,pdf}', true],
    ['path', 'glob', '[!m]ay.pdf', false],
    ['path', 'glob', 'ma?.pdf', true],
    ['labels', 'glob', 'bl*', true],
    ['missing', 'glob', '*', false],
    ['payload.ref', 'matches', 'heads/(main|next)$', true],
    ['payload.ref', 'matches', '^main', false],
    ['path', 'matches', '(?i)MAY', true],
    ['path', 'matches', '(', false],
    ['size', 'exists', undefined, true],
    ['none', 'exists', 'true', true],
    ['missing', 'exists', undefined, false],
    ['missing', 'exists', 'false', true],
    ['constructor', 'exists', undefined, false],
    ['__proto__', 'exists', undefined, false],
    ['payload.toString', 'exists', undefined, false],
    ['path.length', 'exists', undefined, false],
  ])('%s %s %s: %s', (path, op, value, expected) => {
    const filter = { path, op, ...(value !== undefined && { value }) };
    expect(matchesFilters(EVENT, [filter])).toBe(expected);
  });
});

test('all must hold; none holds for everything', () => {
  const yes: EventFilter = { path: 'size', op: 'equals', value: '0' };
  expect(matchesFilters(EVENT, [yes, { ...yes, value: '1' }])).toBe(false);
  expect(matchesFilters(EVENT, [yes, yes])).toBe(true);
  expect(matchesFilters(EVENT, [])).toBe(true);
  expect(matchesFilters(EVENT)).toBe(true);
});

test('what hangs other engines does not hang this one', () => {
  const text = `${'a'.repeat(16_000)}!`;
  const long: AcceptedEvent = { ...EVENT, data: { text, many: Array(10_000).fill(text) } };
  const filters: EventFilter[] = [
    { path: 'many', op: 'matches', value: '^(a+)+$' },
    { path: 'text', op: 'matches', value: '^(a+)+$' },
    { path: 'text', op: 'matches', value: '^(a|aa)*$' },
    { path: 'text', op: 'glob', value: `${'*a'.repeat(40)}b` },
  ];
  for (const filter of filters) expect(matchesFilters(long, [filter])).toBe(false);
});

test('filters are looked at before they are saved', () => {
  const filters: EventFilter[] = [
    { path: ' ', op: 'exists' },
    { path: 'a', op: 'equals' },
    { path: 'a', op: 'matches', value: '(?=x)' },
    { path: 'a', op: 'glob', value: '' },
    { path: 'a', op: 'exists', value: 'maybe' },
    { path: 'a', op: 'glob', value: '*.txt' },
  ];
  expect(filterProblems(filters, 'trigger.filters')).toEqual([
    { field: 'trigger.filters.0.path', expected: 'a field of the event, such as path' },
    { field: 'trigger.filters.1.value', expected: 'a text to compare with' },
    {
      field: 'trigger.filters.2.value',
      expected: expect.stringContaining('a regular expression without references back and lookaround (RE2)'),
    },
    {
      field: 'trigger.filters.3.value',
      expected: 'a pattern such as "*.txt" or "/home/me/**/*.pdf", not ""',
    },
    { field: 'trigger.filters.4.value', expected: 'true, false, or nothing' },
  ]);
  expect(filterProblems(Array(21).fill(filters[5]), 'filters')).toEqual([
    { field: 'filters', expected: 'at most 20 filters' },
  ]);
});
