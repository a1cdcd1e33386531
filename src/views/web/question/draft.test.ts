import { describe, expect, test } from 'vitest';
import { checkContent } from '../../../base/elicitation/content.ts';
import { fieldsOf } from '../../../base/elicitation/fields-of.ts';
import { contentOf, firstEntries, placeErrors } from './draft.ts';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    nick: { type: 'string', default: 'Ann' },
    mail: { type: 'string', format: 'email', default: 'a@b.c' },
    count: { type: 'integer', default: 3 },
    at: { type: 'string', format: 'date-time', default: '2026-03-31T12:00:00Z' },
    sure: { type: 'boolean', default: true },
    colour: { type: 'string', oneOf: [{ const: 'r', title: 'Red' }, { const: 'g' }], default: 'g' },
    size: { type: 'string', enum: ['S', 'L'] },
    tags: { type: 'array', items: { enum: ['a', 'b', 'c'] }, default: ['c', 'a'] },
    more: { type: 'array', items: { enum: ['x'] } },
    thing: {},
  },
  required: ['name'],
};
const fields = fieldsOf(schema);
const first = firstEntries(fields);

test('a form begins with what the server suggests, and gives it back', () => {
  expect(first.get('colour')).toBe('1');
  expect(first.get('tags')).toEqual(['0', '2']);
  expect(first.get('name')).toBe('');
  expect(contentOf(fields, first)).toEqual({
    nick: 'Ann',
    mail: 'a@b.c',
    count: 3,
    at: '2026-03-31T12:00:00Z',
    sure: true,
    colour: 'g',
    tags: ['a', 'c'],
  });
});

describe('what is typed is read by its kind', () => {
  test.each([
    ['name', 'Bea', 'Bea'],
    ['name', '   ', undefined],
    ['nick', '', ''],
    ['mail', '', undefined],
    ['count', ' 7 ', 7],
    ['count', 'many', 'many'],
    ['count', '', undefined],
    ['sure', false, false],
    ['colour', '', undefined],
    ['colour', '0', 'r'],
    ['size', '1', 'L'],
    ['tags', [], []],
    ['more', [], undefined],
    ['thing', '{"a":1}', { a: 1 }],
    ['thing', 'words', 'words'],
    ['at', 'no date', 'no date'],
  ])('%s: %j is %j', (name, entry, value) => {
    expect(contentOf(fields, new Map(first).set(name, entry))[name]).toEqual(value);
  });
});

test('what does not fit is told at its field', () => {
  const content = contentOf(fields, new Map(first).set('count', 'many'));
  const placed = placeErrors(
    [...checkContent(schema, content), { field: 'content.gone', expected: 'no such field' }],
    fields,
  );
  expect([...placed.fields]).toEqual([
    ['name', 'Expected text.'],
    ['count', 'Expected a whole number.'],
  ]);
  expect(placed.rest).toEqual(['gone: expected no such field.']);
});

test('a field may be called anything', () => {
  const odd = fieldsOf(JSON.parse('{"properties": {"__proto__": {"type": "string"}}}'));
  const content = contentOf(odd, new Map([['__proto__', 'x']]));
  expect(Object.entries(content)).toEqual([['__proto__', 'x']]);
});
