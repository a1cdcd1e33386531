import { expect, test } from 'vitest';
import type { AppError } from '../errors.ts';
import { parseArguments } from './parse-arguments.ts';

const schema = {
  type: 'object',
  $defs: { Point: { type: 'object' } },
  properties: {
    path: { type: 'string' },
    depth: { type: 'integer' },
    ratio: { type: 'number' },
    dry: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    at: { $ref: '#/$defs/Point' },
    port: { anyOf: [{ type: 'number' }, { type: 'string' }] },
    mode: { enum: ['fast', 3] },
    note: { type: ['string', 'null'] },
  },
};

test.each([
  [['path=a=b'], { path: 'a=b' }],
  [['path=12'], { path: '12' }],
  [['path='], { path: '' }],
  [['depth=3', 'ratio=-0.5', 'dry=true'], { depth: 3, ratio: -0.5, dry: true }],
  [['tags=["a","b"]'], { tags: ['a', 'b'] }],
  [['tags=a'], { tags: ['a'] }],
  [['tags=a', 'tags=b', 'tags=c'], { tags: ['a', 'b', 'c'] }],
  [['at={"x":1}'], { at: { x: 1 } }],
  [['port=80'], { port: 80 }],
  [['port=http'], { port: 'http' }],
  [['mode=fast'], { mode: 'fast' }],
  [['mode=3'], { mode: 3 }],
  [['note=null'], { note: null }],
  [['unknown=12'], { unknown: '12' }],
  [['unknown:=12', 'path:="x"'], { unknown: 12, path: 'x' }],
  [['{"path": "a", "depth": "not checked here"}'], { path: 'a', depth: 'not checked here' }],
  [
    ['toString=x', '__proto__=y'],
    Object.fromEntries([
      ['toString', 'x'],
      ['__proto__', 'y'],
    ]),
  ],
  [[], {}],
])('%j', (words, expected) => expect(parseArguments(words, schema)).toEqual(expected));

test.each([
  [['depth=1.5'], 'depth', 'integer, not 1.5'],
  [['ratio=much'], 'ratio', 'number, not much'],
  [['dry=yes'], 'dry', 'boolean, not yes'],
  [['tags=[1'], 'tags', 'array, not [1'],
  [['path:=x'], 'path', 'JSON after :=, not x'],
  [['path=a', 'path=b'], 'path', 'to be given once'],
  [['path'], 'path', 'key=value, key:=json or one {…} object'],
  [['=x'], '=x', 'key=value, key:=json or one {…} object'],
])('%j is refused', (words, field, expected) => {
  try {
    parseArguments(words, schema);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_arguments', fields: [{ field, expected }] });
  }
});

test('every wrong word is named, and broken JSON says why', () => {
  try {
    parseArguments(['depth=x', 'dry=y'], schema);
    expect.unreachable();
  } catch (error) {
    expect((error as AppError).fields.map(({ field }) => field)).toEqual(['depth', 'dry']);
  }
  expect(() => parseArguments(['{"a":'], schema)).toThrow('not valid JSON');
});
