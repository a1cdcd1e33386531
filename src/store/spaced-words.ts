import { wordsOf } from './search-words.ts';

/** The words of a text for a column: a blank, then each with a blank after it, so that a word begins where a blank ends. */
export const spacedWords = (text: string): string =>
  ` ${wordsOf(text)
    .map((word) => `${word} `)
    .join('')}`;

/** The pattern for words that begin so. Words are letters and digits, so nothing in them means anything to LIKE. */
export const wordPattern = (beginning: string): string => `% ${beginning}%`;
