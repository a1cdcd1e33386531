import { expect, test } from 'vitest';
import type { AppError } from '../../../base/errors.ts';
import type { Question } from '../../../task/task.ts';
import { answerContent, pickQuestion } from './answer-words.ts';

const schema = {
  properties: {
    name: { type: 'string' },
    count: { type: 'integer' },
    sure: { type: 'boolean' },
    colour: { oneOf: [{ const: 'r', title: 'Red' }] },
    tags: { type: 'array', items: { enum: ['a', 'b'] } },
  },
};

test.each([
  [['name=a=b', 'count=3', 'sure=yes', 'colour=red'], { name: 'a=b', count: 3, sure: true, colour: 'r' }],
  [['tags=a', 'tags=b'], { tags: ['a', 'b'] }],
  [['tags=a,b'], { tags: ['a', 'b'] }],
  [['tags:=["b"]', 'name:="x"'], { tags: ['b'], name: 'x' }],
  [['other=1'], { other: '1' }],
  [['{"count": 2}'], { count: 2 }],
  [['name='], { name: '' }],
])('%j is %j', (words, content) => expect(answerContent(schema, words)).toEqual(content));

test('every word that cannot be read is named', () => {
  const told = (() => {
    try {
      return answerContent(schema, ['count=many', 'tags=c', 'nonsense', 'name:=x']);
    } catch (error) {
      return (error as AppError).fields;
    }
  })();
  expect(told).toEqual([
    { field: 'count', expected: 'a whole number' },
    { field: 'tags', expected: 'any of a, b' },
    { field: 'nonsense', expected: 'name=value, name:=json or one {…} object' },
    { field: 'name', expected: 'JSON' },
  ]);
});

const question = (key: string): Question => ({ key, mode: 'form', message: '', askedAt: '' });
const two = [question('first'), question('odd=key')];

test.each([
  [['first', 'a=b'], 'first', ['a=b']],
  [['2', 'a=b'], 'odd=key', ['a=b']],
  [['odd=key'], 'odd=key', []],
  [['a=b'], undefined, ['a=b']],
  [[], undefined, []],
])('%j is about %s', (words, key, rest) => {
  const picked = pickQuestion(two, words);
  expect([picked.question?.key, picked.rest]).toEqual([key, rest]);
});

test('a single question needs no key; a wrong key is told with those there are', () => {
  expect(pickQuestion([question('only')], ['a=b']).question?.key).toBe('only');
  expect(() => pickQuestion(two, ['third'])).toThrow(
    'There is no question third. It asks: 1 (first), 2 (odd=key).',
  );
});
