/** One word of a command line: where it stands, and what it says without its quotes. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Splits at blanks outside of quotes; a backslash inside double quotes keeps the next character. */
export function tokenise(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let from = -1;
  let text = '';
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] as string;
    if (quote === '' && /\s/.test(char)) {
      if (from >= 0) tokens.push({ from, to: at, text });
      from = -1;
      text = '';
      continue;
    }
    if (from < 0) from = at;
    if (quote !== '' && char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (quote === '"' && char === '\\' && at + 1 < line.length) text += line[++at];
    else text += char;
  }
  if (from >= 0) tokens.push({ from, to: line.length, text });
  return tokens;
}
