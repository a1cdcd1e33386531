import { tokenise } from '../chat/tokens.ts';

/** A command line as an entry of mcp.json: the program, and its arguments without their quotes. */
export function splitCommandLine(line: string): { command: string; args: readonly string[] } {
  const [command = '', ...args] = tokenise(line).map((token) => token.text);
  return { command, args };
}

/**
 * Lines of `NAME=value` (or `Name: value`) as an object; empty lines are left out.
 * @returns the number (from 1) of the first line that is neither, instead of the object
 */
export function readPairs(text: string, separator: '=' | ':'): Record<string, string> | number {
  const pairs: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = line.indexOf(separator);
    if (at < 1) return index + 1;
    pairs[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return pairs;
}
