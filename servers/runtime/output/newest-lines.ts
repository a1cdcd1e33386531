import { clean } from './clean.ts';

const KEEP = 16 * 1024;
const MAX_LINES = 100;

/**
 * The newest lines of one stream as a terminal would show them: a carriage return starts a new state of the line.
 * Memory is bounded; of a flood only the end is looked at.
 */
export class NewestLines {
  #pending = '';
  #rest = '';

  add(text: string): void {
    this.#pending = text.length >= KEEP ? text.slice(-KEEP) : (this.#pending + text).slice(-KEEP);
  }

  /** The lines since the last time, clean and not empty; the last may still be growing. */
  take(): string[] {
    if (this.#pending === '') return [];
    const pieces = (this.#rest + this.#pending).split(/[\r\n]+/);
    this.#pending = '';
    this.#rest = pieces.at(-1)!.slice(-1_000);
    return pieces
      .slice(-MAX_LINES)
      .map((piece) => clean(piece).trimEnd())
      .filter((piece) => piece.trim() !== '');
  }
}
