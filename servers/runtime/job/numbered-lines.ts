const KEEP = 200;
const LINE_CHARS = 1_000;

/** Where the newest lines of output stand in a task, numbered so that a poller takes each once. */
export const OUTPUT_META = 'meanwhile/output';

/** The newest lines of output. Memory is bounded; who comes seldom sees by the numbers that some are missing. */
export class NumberedLines {
  #lines: string[] = [];
  #next = 0;

  add(text: string): void {
    const lines = text.replace(/\n$/, '').split('\n');
    this.#next += lines.length;
    const kept = lines.slice(-KEEP).map((line) => line.slice(0, LINE_CHARS));
    this.#lines = [...this.#lines, ...kept].slice(-KEEP);
  }

  /** The number of the line after the last one, counted from 0. */
  get next(): number {
    return this.#next;
  }

  /** `next` is the number of the line after the last one. Nothing while there are none. */
  get newest(): { readonly next: number; readonly lines: readonly string[] } | undefined {
    return this.#next === 0 ? undefined : { next: this.#next, lines: this.#lines };
  }
}
