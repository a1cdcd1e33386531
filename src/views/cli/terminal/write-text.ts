import { plainText } from '../render/plain-text.ts';
import type { Output } from './shell.ts';

/** Text that a tool made: cleaned of control codes for a terminal, untouched in a pipe; ends with a line end. */
export function writeText(output: Output, text: string): void {
  const safe = output.interactive ? plainText(text) : text;
  if (safe !== '') output.write(safe.endsWith('\n') ? safe : `${safe}\n`);
}

export function writeLines(output: Output, lines: readonly string[]): void {
  output.write(lines.map((line) => `${line}\n`).join(''));
}
