import { AppError } from '../errors.ts';

/**
 * A command line as its words, with quotes and backslashes read as a POSIX shell reads them. Nothing is
 * expanded: no variables, no patterns, no operators.
 * @throws {AppError} `invalid_arguments` for a quote that is not closed
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (quote === "'") {
      if (char === "'") quote = '';
      else word += char;
    } else if (char === '\\' && (quote === '' || /["\\$`]/.test(line[at + 1] ?? ''))) {
      at++;
      word = (word ?? '') + (line[at] ?? '');
    } else if (quote === '"') {
      if (char === '"') quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote)
    throw new AppError('invalid_arguments', `The quote ${quote} in the command is not closed.`, {
      fields: [{ field: 'arguments', expected: `a closing ${quote}` }],
    });
  if (word !== undefined) words.push(word);
  return words;
}
