/**
 * The commands of one line, or what in it cannot be read. Understood, and nothing else: words, single quotes, double
 * quotes around plain text, and the operators `|`, `&&`, `||` and `;` between commands. Everything through which the
 * shell could run or reach something else is refused: `$`, backticks, backslashes, redirections, `&`, parentheses,
 * line breaks, variables set before a command. So the shell never runs more than what was read here.
 */
export type SimpleCommands = { readonly commands: readonly SimpleCommand[] } | { readonly refused: string };

/** The words of one command, without their quotes. None when a program is missing beside an operator. */
export type SimpleCommand = readonly string[];

const SEPARATORS = /^(?:\|\||&&|\||;)/;
const PLAIN_PROGRAM = /^[\w./+-]+$/;

/** Reads a command line. */
export function simpleCommands(line: string): SimpleCommands {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and other controls are what is refused
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) return { refused: 'a line break or control character' };
  const commands: string[][] = [];
  let rest = line;
  let words: string[] = [];
  for (;;) {
    rest = rest.replace(/^[ \t]+/, '');
    const separator = SEPARATORS.exec(rest)?.[0];
    if (rest === '' || separator !== undefined) {
      const endsWithSemicolon =
        rest === '' && words.length === 0 && /;[ \t]*$/.test(line) && commands.length > 0;
      if (!endsWithSemicolon) commands.push(words);
      if (rest === '') return { commands };
      words = [];
      rest = rest.slice(separator!.length);
      continue;
    }
    const word = nextWord(rest);
    if ('refused' in word) return word;
    if (words.length === 0 && !PLAIN_PROGRAM.test(word.raw))
      return { refused: `the program name ${word.raw}` };
    words.push(word.raw.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
    rest = rest.slice(word.raw.length);
  }
}

function nextWord(text: string): { readonly raw: string } | { readonly refused: string } {
  let at = 0;
  while (at < text.length && !/[ \t|;]/.test(text[at]!)) {
    if (text.startsWith('&&', at)) break;
    const char = text[at]!;
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, at + 1);
      if (end < 0) return { refused: 'a quote that is not closed' };
      const special = char === '"' && /[$`\\]/.exec(text.slice(at, end));
      if (special) return { refused: `${special[0]} in double quotes` };
      at = end + 1;
    } else {
      if ('$`\\<>&()'.includes(char)) return { refused: char };
      at++;
    }
  }
  return { raw: text.slice(0, at) };
}
