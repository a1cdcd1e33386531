import type { Session } from './records.ts';
import { wordsOf } from './search-words.ts';

/** The words that a session is found by, in the form of `SessionRow.words`: a word begins where a blank ends. */
export const titleWords = ({ title }: Pick<Session, 'title'>): string =>
  ` ${wordsOf(title)
    .map((word) => `${word} `)
    .join('')}`;
