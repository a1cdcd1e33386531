import { describe, expect, test } from 'vitest';
import { checkContent, withDefaults } from './content.ts';
import { expectation } from './expectation.ts';
import { FIELDS_MAX, LABEL_CHARS, OPTIONS_MAX } from './field.ts';
import { fieldsLeftOut, fieldsOf } from './fields-of.ts';

const form = (properties: Record<string, unknown>, required: unknown = []) => ({
  type: 'object',
  properties,
  required,
});
const one = (schema: unknown) => fieldsOf(form({ x: schema }))[0];

describe('a field of the specification is understood', () => {
  test.each([
    [{ type: 'string' }, { kind: 'text' }, 'text'],
    [
      { type: 'string', title: 'Mail', description: 'Where to', format: 'email', default: 'a@b.c' },
      { kind: 'text', label: 'Mail', description: 'Where to', format: 'email', default: 'a@b.c' },
      'an e-mail address, such as name@example.org',
    ],
    [
      { type: 'string', minLength: 2, maxLength: 5, pattern: '^a' },
      { kind: 'text', minLength: 2, maxLength: 5, pattern: '^a' },
      'text of 2 to 5 characters that fits ^a',
    ],
    [{ type: 'string', format: 'uri' }, { format: 'uri' }, 'a whole address, such as https://example.org'],
    [{ type: 'string', format: 'date' }, { format: 'date' }, 'a date, such as 2026-03-31'],
    [
      { type: 'string', format: 'date-time' },
      { format: 'date-time' },
      'a date and time with its zone, such as 2026-03-31T12:00:00Z',
    ],
    [{ type: 'number' }, { kind: 'number', whole: false }, 'a number'],
    [
      { type: 'integer', minimum: 1, maximum: 10, default: 3 },
      { kind: 'number', whole: true, minimum: 1, maximum: 10, default: 3 },
      'a whole number from 1 to 10',
    ],
    [{ type: 'boolean', default: false }, { kind: 'boolean', default: false }, 'yes or no'],
    [
      { type: 'string', enum: ['a', 'b'], default: 'b' },
      {
        kind: 'choice',
        options: [
          { value: 'a', label: 'a' },
          { value: 'b', label: 'b' },
        ],
        default: 'b',
      },
      'one of a, b',
    ],
    [
      { type: 'string', oneOf: [{ const: 'r', title: 'Red' }, { const: 'g' }] },
      {
        kind: 'choice',
        options: [
          { value: 'r', label: 'Red' },
          { value: 'g', label: 'g' },
        ],
      },
      'one of r, g',
    ],
    [
      { type: 'string', enum: ['r', 'g'], enumNames: ['Red', 'Green'] },
      {
        kind: 'choice',
        options: [
          { value: 'r', label: 'Red' },
          { value: 'g', label: 'Green' },
        ],
      },
      'one of r, g',
    ],
    [
      {
        type: 'array',
        items: { type: 'string', enum: ['a', 'b'] },
        minItems: 1,
        maxItems: 2,
        default: ['a'],
      },
      { kind: 'choices', minItems: 1, maxItems: 2, default: ['a'] },
      '1 to 2 of a, b',
    ],
    [
      { type: 'array', items: { anyOf: [{ const: 'r', title: 'Red' }] } },
      { kind: 'choices', options: [{ value: 'r', label: 'Red' }] },
      'any of r',
    ],
  ])('%j', (schema, field, words) => {
    expect(one(schema)).toMatchObject(field);
    expect(expectation(one(schema)!)).toBe(words);
  });
});

describe('what is broken or hostile is neither believed nor deadly', () => {
  test.each([
    [undefined],
    [null],
    [42],
    ['text'],
    [[]],
    [{}],
    [{ properties: [] }],
    [{ properties: null, required: 7 }],
    [{ type: 'string' }],
  ])('%j has no fields', (schema) => {
    expect(fieldsOf(schema)).toEqual([]);
    expect(checkContent(schema, {})).toEqual([]);
    expect(withDefaults(schema, { a: 1 })).toEqual({ a: 1 });
  });

  test.each([
    [null],
    [7],
    [{}],
    [{ type: 'object', properties: { a: {} } }],
    [{ type: 'array', items: { type: 'string' } }],
    [{ type: 'array', items: null }],
    [{ type: 'something' }],
    [{ $ref: '#' }],
  ])('%j is answered with JSON', (schema) => {
    expect(one(schema)).toMatchObject({ kind: 'json', label: 'x' });
    expect(checkContent(form({ x: schema }, ['x']), { x: [1] })).toEqual([]);
  });

  test.each([
    [{ type: 'string', minLength: -1, maxLength: 'x', pattern: 7, format: 'ipv4' }, { kind: 'text' }],
    [
      { type: 'number', minimum: '1', maximum: null },
      { kind: 'number', whole: false },
    ],
    [{ type: 'string', title: '   ', description: 3 }, { kind: 'text' }],
    [{ type: 'string', enum: [] }, { kind: 'text' }],
    [{ type: 'string', enum: [{}, null] }, { kind: 'text' }],
    [
      { type: 'integer', default: 'many' },
      { kind: 'number', whole: true },
    ],
    [{ type: ['null', 'string'] }, { kind: 'text' }],
  ])('of %j only what makes sense is kept', (schema, field) => {
    expect(one(schema)).toEqual({ name: 'x', label: 'x', required: false, ...field });
  });

  test('numbers and the empty text can be choices', () => {
    expect(one({ enum: [1, '', 1] })).toMatchObject({
      options: [
        { value: 1, label: '1' },
        { value: '', label: '(empty)' },
      ],
    });
  });

  test('a field that is required and not described is text or JSON', () => {
    expect(fieldsOf(form({}, ['x', 3]))).toEqual([{ name: 'x', label: 'x', required: true, kind: 'json' }]);
  });

  test('names of the language are names like others', () => {
    const schema = JSON.parse(
      '{"properties": {"__proto__": {"type": "integer", "default": 2}, "constructor": {"type": "string"}}}',
    );
    expect(fieldsOf(schema).map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(Object.entries(withDefaults(schema))).toEqual([['__proto__', 2]]);
    expect(checkContent(schema, JSON.parse('{"__proto__": "no", "toString": 1}'))).toEqual([
      { field: 'content.__proto__', expected: 'a whole number' },
      { field: 'content.toString', expected: 'no such field' },
    ]);
  });

  test('of thousands of fields the required ones are shown first, and the rest is counted', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `f${index}`);
    const schema = form(Object.fromEntries(names.map((name) => [name, { type: 'string' }])), ['f4999']);
    const shown = fieldsOf(schema);
    expect(shown).toHaveLength(FIELDS_MAX);
    expect(shown.at(-1)).toMatchObject({ name: 'f4999', required: true });
    expect(fieldsLeftOut(schema)).toBe(5_000 - FIELDS_MAX);
    expect(checkContent(schema, { f4999: 'x', f4000: 'known, if not shown' })).toEqual([]);
    const many = Object.fromEntries(names.map((name) => [`${name}x`, 1]));
    expect(checkContent(schema, many)).toHaveLength(5_001);
  });

  test('long titles and lists are cut', () => {
    const options = Array.from({ length: 10_000 }, (_, index) => `o${index}`);
    const field = one({ title: 'x'.repeat(5_000), enum: options });
    expect(field?.label).toHaveLength(LABEL_CHARS);
    expect(field).toMatchObject({ kind: 'choice' });
    expect(field?.kind === 'choice' && field.options).toHaveLength(OPTIONS_MAX);
    expect(expectation(field!).length).toBeLessThan(200);
  });

  test('nesting without end is not followed', () => {
    let deep: unknown = {};
    for (let level = 0; level < 50_000; level += 1) deep = { type: 'array', items: deep, default: deep };
    expect(one(deep)).toMatchObject({ kind: 'json' });
  });
});
