import { expect, test } from 'vitest';
import { fieldsOf } from './fields-of.ts';
import { readTyped, typedText } from './read-typed.ts';

const field = (schema: unknown) => fieldsOf({ properties: { x: schema } })[0]!;
const colours = [
  { const: 'r', title: 'Red, dark' },
  { const: 'g', title: 'Green' },
];

test.each([
  [{ type: 'string' }, ' as it is ', ' as it is '],
  [{ type: 'string', format: 'email' }, ' a@b ', 'a@b'],
  [{ type: 'integer' }, ' 12 ', 12],
  [{ type: 'number' }, '-1.5e3', -1500],
  [{ type: 'number' }, '.5', 0.5],
  [{ type: 'number' }, 'many', undefined],
  [{ type: 'number' }, '0x10', undefined],
  [{ type: 'number' }, '', undefined],
  [{ type: 'boolean' }, 'Yes', true],
  [{ type: 'boolean' }, 'false', false],
  [{ type: 'boolean' }, 'perhaps', undefined],
  [{ oneOf: colours }, 'r', 'r'],
  [{ oneOf: colours }, 'green', 'g'],
  [{ oneOf: colours }, 'blue', undefined],
  [{ enum: [1, 2] }, '2', 2],
  [{ type: 'array', items: { anyOf: colours } }, 'r, Green', ['r', 'g']],
  [{ type: 'array', items: { anyOf: colours } }, 'Red, dark', ['r']],
  [{ type: 'array', items: { anyOf: colours } }, '["g"]', ['g']],
  [{ type: 'array', items: { anyOf: colours } }, '', []],
  [{ type: 'array', items: { anyOf: colours } }, 'r, blue', undefined],
  [{}, '{"a": 1}', { a: 1 }],
  [{}, 'just words', 'just words'],
])('%j reads %j as %j', (schema, text, value) => {
  expect(readTyped(field(schema), text)).toEqual(value);
  if (value !== undefined) expect(readTyped(field(schema), typedText(field(schema), value))).toEqual(value);
});

test('what is nested deeper than can be written is no text', () => {
  let deep: unknown = [];
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(typedText(field({}), deep)).toBe('');
});
