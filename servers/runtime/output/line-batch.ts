const HALF = 8 * 1024;

/**
 * Collects lines between two sendings. A batch is at most 16 KB; of more the beginning and the end are kept, with
 * a line between them that says how many lines were skipped.
 */
export class LineBatch {
  #head = '';
  #tail = '';
  #skipped = 0;

  /** Adds whole lines, with their line ends. */
  add(text: string): void {
    if (this.#tail === '' && this.#head.length + text.length <= HALF) {
      this.#head += text;
      return;
    }
    this.#tail += text;
    if (this.#tail.length > 4 * HALF) this.#shorten();
  }

  /** The batch, without its last line end; `undefined` when nothing came. */
  take(): string | undefined {
    this.#shorten();
    const skipped = this.#skipped > 0 ? `… ${this.#skipped} lines skipped …\n` : '';
    const text = `${this.#head}${skipped}${this.#tail}`;
    this.#head = '';
    this.#tail = '';
    this.#skipped = 0;
    return text === '' ? undefined : text.replace(/\n$/, '');
  }

  #shorten(): void {
    if (this.#tail.length <= HALF) return;
    const lineEnd = this.#tail.indexOf('\n', this.#tail.length - HALF - 1) + 1;
    const cut = lineEnd > 0 && lineEnd < this.#tail.length ? lineEnd : this.#tail.length - HALF;
    this.#skipped += Math.max(1, lineEndsIn(this.#tail, cut));
    this.#tail = this.#tail.slice(cut);
  }
}

function lineEndsIn(text: string, until: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < until; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
