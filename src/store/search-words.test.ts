import { expect, it } from 'vitest';
import { soughtFacets, soughtWords, wordsOf } from './search-words.ts';

it.each([
  ['Back up, the BACK-up!', ['back', 'up', 'the']],
  ['Zürich ÉCOLE e\u0301cole', ['zurich', 'ecole']],
  ['file_name.txt v2', ['file', 'name', 'txt', 'v2']],
  ['音楽 かな x音', ['音', '楽', 'か', 'な', 'x']],
  ['ﬁle ２', ['file', '2']],
  ['🎉 … "', []],
])('the words of %j are %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

it('long words are cut, and so is what is sought', () => {
  expect(wordsOf('x'.repeat(100))).toEqual(['x'.repeat(64)]);
  expect(soughtWords(Array.from({ length: 99 }, (_, n) => `w${n}`).join(' '))).toHaveLength(16);
});

it('nothing sought is told from nothing that can be found', () => {
  expect(soughtWords(undefined)).toBeUndefined();
  expect(soughtWords(' \n')).toBeUndefined();
  expect(soughtWords('?!')).toEqual([]);
});

it('the active statuses share a facet, and a filter that is not set has none', () => {
  const [statuses, ...others] = soughtFacets({ statuses: ['working', 'input_required', 'failed'], limit: 1 });
  expect(statuses).toHaveLength(2);
  expect(others).toEqual([]);
});
