import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';

const shown = (text: string, sought: string) => {
  const { text: piece, found } = excerptOf(text, sought);
  return { piece, found: found.map(({ from, to }) => piece.slice(from, to)) };
};

test('a short text is shown whole, with the words marked whatever their case and accents', () => {
  expect(shown('Back up the photos of Zürich\ntonight', 'zurich PHO')).toEqual({
    piece: 'Back up the photos of Zürich tonight',
    found: ['photos', 'Zürich'],
  });
});

test('of a long text the piece around the first word is shown, cut between words', () => {
  const text = `${'before '.repeat(50)}needle ${'after '.repeat(50)}needle`;
  const { piece, found } = shown(text, 'needle');
  expect(piece).toMatch(/^… (before )+needle (after )+…$/);
  expect(piece.length).toBeLessThan(200);
  expect(found).toEqual(['needle']);
});

test('a word without end, a word inside another, and signs that are no words', () => {
  expect(shown('x'.repeat(1_000), 'x').piece.length).toBeLessThan(200);
  expect(shown('a haystack', 'stack').found).toEqual([]);
  expect(shown('anything', '***')).toEqual({ piece: 'anything', found: [] });
  expect(shown('😀'.repeat(300), '😀').piece.isWellFormed()).toBe(true);
});
