import { describe, expect, test } from 'vitest';
import { parseArgumentLine, parseArgumentWords, splitWords } from './tool-arguments.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    text: { type: 'string' },
    count: { type: 'integer' },
    share: { type: ['number', 'null'] },
    deep: { type: 'boolean' },
    list: { type: 'array' },
    more: { type: 'object' },
    free: {},
  },
};
const read = (line: string) => parseArgumentLine(line, SCHEMA);

describe('words', () => {
  test.each<[string, string[] | undefined]>([
    ['', []],
    ['  a   b ', ['a', 'b']],
    ['"a b" c', ['a b', 'c']],
    ["'a \\ b'", ['a \\ b']],
    ['a\\ b', ['a b']],
    ['"say \\"hi\\" \\n"', ['say "hi" \\n']],
    ['a"b"\'c\'', ['abc']],
    ['""', ['']],
    ['a\\', ['a\\']],
    ['"open', undefined],
    ["it's", undefined],
    ['a\u00a0b\tc\nd', ['a', 'b', 'c', 'd']],
  ])('%j', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});

describe('a line becomes arguments', () => {
  test.each<[string, Record<string, unknown>]>([
    ['', {}],
    ['text=hello', { text: 'hello' }],
    ['text=a=b', { text: 'a=b' }],
    ['text=', { text: '' }],
    ['text=007', { text: '007' }],
    ['text="two words" count=3', { text: 'two words', count: 3 }],
    ['count=-1e2', { count: -100 }],
    ['share=null', { share: null }],
    ['deep=yes', { deep: true }],
    ['deep=OFF', { deep: false }],
    ['list=a,b', { list: ['a', 'b'] }],
    ['list=', { list: [] }],
    ["list='[1,2]'", { list: [1, 2] }],
    ['more=\'{"a":1}\'', { more: { a: 1 } }],
    ['free=1', { free: '1' }],
    ['unknown=1', { unknown: '1' }],
    ['free:=1', { free: 1 }],
    ['free:=\'{"a":[true]}\'', { free: { a: [true] } }],
    ['{"text": "x", "count": 1}', { text: 'x', count: 1 }],
    ['text=a text=b', { text: 'b' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual({ ok: true, arguments: expected });
  });

  test('a key is never more than a key', () => {
    const parsed = read('__proto__=x constructor=y');
    if (!parsed.ok) throw new Error(parsed.expected);
    expect(Object.getPrototypeOf(parsed.arguments)).toBe(Object.prototype);
    expect(Object.keys(parsed.arguments)).toEqual(['__proto__', 'constructor']);
  });
});

describe('what is wrong is named', () => {
  test.each([
    ['count=many', 'arguments.count', 'a number'],
    ['count=', 'arguments.count', 'a number'],
    ['count=Infinity', 'arguments.count', 'a number'],
    ['deep=perhaps', 'arguments.deep', 'true or false'],
    ['more=x', 'arguments.more', 'JSON'],
    ['free:=x', 'arguments.free', 'JSON'],
    ['hello', 'arguments', 'key=value'],
    ['=x', 'arguments', 'key=value'],
    ['text="x', 'arguments', 'every quote'],
    ['{"text":', 'arguments', 'one JSON object'],
    [`${'x'.repeat(100)}`, 'arguments', `${'x'.repeat(40)}…`],
  ])('%s', (line, field, expected) => {
    expect(read(line)).toEqual({ ok: false, field, expected: expect.stringContaining(expected) });
  });

  test('an array is no object', () => {
    expect(parseArgumentWords(['[1]'], SCHEMA)).toMatchObject({ ok: false });
  });
});
