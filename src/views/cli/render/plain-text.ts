import { stripVTControlCharacters } from 'node:util';

// C0 except tab and newline, DEL and C1, and the marks that turn the direction of text around.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text that others wrote, safe for a terminal: no escape sequences, no control codes; lines and tabs stay. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(UNSAFE, '');
}

/** The same in one line, with single spaces. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}
