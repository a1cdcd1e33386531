import { expect, test } from 'vitest';
import { AppError } from '../../../base/errors.ts';
import { validateArguments } from './validate-arguments.ts';

const tool = (inputSchema: Record<string, unknown>) => ({ name: 't', inputSchema });
const copy = tool({
  type: 'object',
  properties: {
    from: { type: 'string', minLength: 1 },
    speed: { type: 'integer', minimum: 1 },
    mode: { enum: ['fast', 'safe'] },
    nested: { type: 'object', properties: { deep: { type: 'boolean' } } },
  },
  required: ['from'],
  additionalProperties: false,
});

const refusal = (schema: ReturnType<typeof tool>, args: Record<string, unknown>): AppError => {
  try {
    validateArguments(schema, args);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the arguments were taken');
};

test('what fits is taken', () => {
  validateArguments(copy, { from: '/a', speed: 2, mode: 'fast', nested: { deep: true } });
});

test.each([
  [{}, 'arguments.from', 'a value (it is required)'],
  [{ from: 1 }, 'arguments.from', 'string'],
  [{ from: '' }, 'arguments.from', 'fewer than 1'],
  [{ from: 'x', speed: 0 }, 'arguments.speed', '>= 1'],
  [{ from: 'x', speed: 1.5 }, 'arguments.speed', 'integer'],
  [{ from: 'x', mode: 'wild' }, 'arguments.mode', 'one of fast, safe'],
  [{ from: 'x', colour: 'red' }, 'arguments.colour', 'no such field'],
  [{ from: 'x', nested: { deep: 'no' } }, 'arguments.nested.deep', 'boolean'],
])('%j is refused at %s', (args, field, expected) => {
  const error = refusal(copy, args);
  expect(error).toMatchObject({ code: 'invalid_arguments', fields: [{ field }] });
  expect(error.detail).toContain(expected);
});

test('all wrong fields are named, and not more than ten', () => {
  expect(refusal(copy, { speed: 'x', mode: 1 }).fields.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['arguments.from', 'arguments.speed', 'arguments.mode']),
  );
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x${i}`, 1]));
  expect(refusal(copy, { from: 'x', ...many }).fields).toHaveLength(10);
});

test.each([
  { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', required: ['a'] },
  { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', required: ['a'] },
  { $id: 'same', type: 'object', required: ['a'] },
  { $id: 'same', type: 'object', required: ['a', 'b'] },
])('draft 7, 2020-12 and two schemas with one $id: %j', (schema) => {
  expect(refusal(tool(schema), {}).code).toBe('invalid_arguments');
  validateArguments(tool(schema), { a: 1, b: 1 });
});

test.each([{ type: 'nonsense' }, { $ref: '#/nowhere' }, { pattern: '(' }])(
  'a schema that cannot be used checks nothing: %j',
  (schema) => {
    validateArguments(tool(schema), { anything: 1 });
  },
);
