/**
 * Whether every program of a command line is on the list; returns why not, or `undefined` when it is.
 *
 * Understood, and nothing else: words, single quotes, double quotes around plain text, and the operators `|`, `&&`,
 * `||` and `;` between commands. The first word of each command must be written plainly and be on the list exactly
 * as it is. Everything through which the shell could run or reach something else is refused: `$`, backticks,
 * backslashes, redirections, `&`, parentheses, line breaks, variables set before a command. So the shell never runs
 * more than what was read here.
 */
export function refuseUnlisted(command: string, allowed: readonly string[]): string | undefined {
  const parsed = simpleCommands(command);
  if ('refused' in parsed) return `command: ${parsed.refused} is not possible while an allow list is active`;
  for (const first of parsed.programs) {
    if (first === undefined) return 'command: a program is missing beside an operator';
    if (!allowed.includes(first)) {
      return `command: ${first} is not on the allow list (${allowed.join(', ') || 'which is empty'})`;
    }
  }
  return undefined;
}

type Parsed = { readonly programs: readonly (string | undefined)[] } | { readonly refused: string };

const SEPARATORS = /^(?:\|\||&&|\||;)/;
const PLAIN_PROGRAM = /^[\w./+-]+$/;

function simpleCommands(command: string): Parsed {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and other controls are what is refused
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(command)) return { refused: 'a line break or control character' };
  const programs: (string | undefined)[] = [];
  let rest = command;
  let first: string | undefined;
  for (;;) {
    rest = rest.replace(/^[ \t]+/, '');
    const separator = SEPARATORS.exec(rest)?.[0];
    if (rest === '' || separator !== undefined) {
      const endsWithSemicolon =
        rest === '' && first === undefined && /;[ \t]*$/.test(command) && programs.length > 0;
      if (!endsWithSemicolon) programs.push(first);
      if (rest === '') return { programs };
      first = undefined;
      rest = rest.slice(separator!.length);
      continue;
    }
    const word = nextWord(rest);
    if ('refused' in word) return word;
    if (first === undefined && !PLAIN_PROGRAM.test(word.raw))
      return { refused: `the program name ${word.raw}` };
    first ??= word.raw;
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
