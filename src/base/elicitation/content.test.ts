import { describe, expect, test } from 'vitest';
import { checkContent, withDefaults } from './content.ts';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 4 },
    mail: { type: 'string', format: 'email' },
    page: { type: 'string', format: 'uri' },
    day: { type: 'string', format: 'date' },
    at: { type: 'string', format: 'date-time' },
    code: { type: 'string', pattern: '^[A-Z]{2}\\d{3}$' },
    count: { type: 'integer', minimum: 1, maximum: 5, default: 2 },
    ratio: { type: 'number' },
    sure: { type: 'boolean', default: true },
    colour: { type: 'string', enum: ['red', 'green'], default: 'green' },
    tags: { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 1, maxItems: 2 },
  },
  required: ['name'],
};

test.each([
  [{ name: 'Ann' }],
  [{ name: '😀😀😀😀' }],
  [{ name: 'Ann', mail: 'ann@example.org', page: 'https://example.org/a?b#c', day: '2024-02-29' }],
  [{ name: 'Ann', at: '2026-03-31T12:00:00Z' }],
  [{ name: 'Ann', at: '2026-03-31T12:00:00.25+05:30' }],
  [{ name: 'Ann', code: 'AB123', count: 5, ratio: -0.5, sure: false, colour: 'red', tags: ['a', 'c'] }],
  [{ name: 'Ann', page: 'mailto:ann@example.org' }],
])('%j fits', (content) => expect(checkContent(schema, content)).toEqual([]));

describe('what does not fit is named with what was expected', () => {
  test.each([
    [{}, 'name', 'text of 2 to 4 characters'],
    [{ name: 'A' }, 'name', 'text of 2 to 4 characters'],
    [{ name: '😀' }, 'name', 'text of 2 to 4 characters'],
    [{ name: 'Annie' }, 'name', 'text of 2 to 4 characters'],
    [{ name: 7 }, 'name', 'text of 2 to 4 characters'],
    [{ name: 'Ann', mail: 'ann' }, 'mail', 'an e-mail address, such as name@example.org'],
    [{ name: 'Ann', mail: 'a b@c' }, 'mail', 'an e-mail address, such as name@example.org'],
    [{ name: 'Ann', mail: 'a@b@c' }, 'mail', 'an e-mail address, such as name@example.org'],
    [{ name: 'Ann', page: 'example.org' }, 'page', 'a whole address, such as https://example.org'],
    [{ name: 'Ann', day: '2023-02-29' }, 'day', 'a date, such as 2026-03-31'],
    [{ name: 'Ann', day: '31.3.2026' }, 'day', 'a date, such as 2026-03-31'],
    [
      { name: 'Ann', at: '2026-03-31T25:00:00Z' },
      'at',
      'a date and time with its zone, such as 2026-03-31T12:00:00Z',
    ],
    [
      { name: 'Ann', at: '2026-03-31T12:00' },
      'at',
      'a date and time with its zone, such as 2026-03-31T12:00:00Z',
    ],
    [{ name: 'Ann', code: 'ab123' }, 'code', 'text that fits ^[A-Z]{2}\\d{3}$'],
    [{ name: 'Ann', count: 6 }, 'count', 'a whole number from 1 to 5'],
    [{ name: 'Ann', count: 1.5 }, 'count', 'a whole number from 1 to 5'],
    [{ name: 'Ann', count: '2' }, 'count', 'a whole number from 1 to 5'],
    [{ name: 'Ann', ratio: Number.NaN }, 'ratio', 'a number'],
    [{ name: 'Ann', sure: 'yes' }, 'sure', 'yes or no'],
    [{ name: 'Ann', colour: 'blue' }, 'colour', 'one of red, green'],
    [{ name: 'Ann', tags: [] }, 'tags', '1 to 2 of a, b, c'],
    [{ name: 'Ann', tags: ['a', 'b', 'c'] }, 'tags', '1 to 2 of a, b, c'],
    [{ name: 'Ann', tags: ['a', 'a'] }, 'tags', '1 to 2 of a, b, c'],
    [{ name: 'Ann', tags: ['d'] }, 'tags', '1 to 2 of a, b, c'],
    [{ name: 'Ann', tags: 'a' }, 'tags', '1 to 2 of a, b, c'],
    [{ name: 'Ann', more: 1 }, 'more', 'no such field'],
  ])('%j', (content, name, expected) => {
    expect(checkContent(schema, content as never)).toEqual([{ field: `content.${name}`, expected }]);
  });
});

test('what the server suggests fills only what was not answered', () => {
  expect(withDefaults(schema, { name: 'Ann', colour: 'red' })).toEqual({
    name: 'Ann',
    colour: 'red',
    count: 2,
    sure: true,
  });
  expect(withDefaults(schema)).toEqual({ count: 2, sure: true, colour: 'green' });
});
