/**
 * Splits a command line into words once, as a shell would: blanks separate, single and double quotes hold together, a
 * backslash outside single quotes keeps the next character. Nothing is expanded: `$HOME` and `*` stay as they are.
 * @throws {Error} when a quote is not closed or a backslash stands at the end
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '' && char === quote) quote = '';
    else if (quote === '' && (char === "'" || char === '"')) {
      quote = char;
      word ??= ''; // '' is a word too
    } else if (char === '\\' && quote !== "'") {
      if (++at === text.length) throw new Error('a backslash stands at the end');
      const keepsBackslash = quote === '"' && !'"\\'.includes(text[at]!);
      word = `${word ?? ''}${keepsBackslash ? '\\' : ''}${text[at]}`;
    } else if (quote === '' && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = `${word ?? ''}${char}`;
  }
  if (quote !== '') throw new Error(`a ${quote} is not closed`);
  return word === undefined ? words : [...words, word];
}
