import { plainText } from '../render/plain-text.ts';
import { textWidth } from '../render/text-width.ts';
import type { Output } from './shell.ts';

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_TO_LINE_END = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
// Terminals that know it show all of a repaint at once; others ignore it.
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';

/** A few lines at the end of the output that are painted over in place. */
export interface LiveLines {
  paint(lines: readonly string[]): void;
  /** Writes text that stays, above the lines. */
  above(text: string): void;
  /** Leaves the lines as they stand (or wipes them) and gives the cursor back. */
  close(how?: 'keep' | 'wipe'): void;
}

export function liveLines(output: Output): LiveLines {
  let shown: readonly string[] = [];
  let paintedAt = output.columns;
  const restore = () => output.write(SHOW_CURSOR);
  const endBySignal = (signal: NodeJS.Signals) => process.exit(signal === 'SIGHUP' ? 129 : 143);
  process.once('exit', restore);
  process.once('SIGTERM', endBySignal);
  process.once('SIGHUP', endBySignal);
  output.write(HIDE_CURSOR);

  /** To the first column of the first line; wipes all when the terminal may have wrapped the lines anew. */
  const home = (): string => {
    const resized = output.columns !== paintedAt;
    const height = resized ? wrappedHeight(shown, output.columns) : shown.length;
    return `\r${height > 0 ? `\u001b[${height}A` : ''}${resized ? CLEAR_BELOW : ''}`;
  };
  const draw = (lines: readonly string[], before = '') => {
    const text = lines.map((line) => `${line}${CLEAR_TO_LINE_END}\n`).join('');
    output.write(`${BEGIN}${home()}${before}${text}${CLEAR_BELOW}${END}`);
    shown = lines;
    paintedAt = output.columns;
  };
  return {
    paint: (lines) => draw(lines),
    above: (text) => draw(shown, `${CLEAR_BELOW}${text.endsWith('\n') ? text : `${text}\n`}`),
    close(how = 'keep') {
      if (how === 'wipe') draw([]);
      process.off('exit', restore);
      process.off('SIGTERM', endBySignal);
      process.off('SIGHUP', endBySignal);
      restore();
    },
  };
}

/** How many rows the lines take once the terminal has wrapped them to a new width. */
function wrappedHeight(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(plainText(line)) / columns)), 0);
}
