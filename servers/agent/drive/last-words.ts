import { clean } from '../../runtime/output/clean.ts';

const KEEP = 8 * 1024;

/** The end of what an agent said, at most 8 KB. */
export class LastWords {
  #text = '';
  #isCut = false;
  #startsAnew = false;

  add(text: string): void {
    if (this.#startsAnew) {
      this.#text = '';
      this.#isCut = false;
      this.#startsAnew = false;
    }
    this.#text += text;
    if (this.#text.length <= 4 * KEEP) return;
    this.#text = this.#text.slice(-2 * KEEP);
    this.#isCut = true;
  }

  /** Nothing but this was said. */
  replace(text: string): void {
    this.#text = '';
    this.#isCut = false;
    this.add(text);
  }

  /** What comes after this begins anew; what is here stays until it comes. */
  pause(): void {
    this.#startsAnew = this.#text.trim() !== '';
  }

  take(): { text: string; isCut: boolean } {
    const whole = clean(this.#text.replaceAll('\r\n', '\n')).trim();
    if (whole.length <= KEEP) return { text: whole, isCut: this.#isCut };
    const tail = whole.slice(-KEEP);
    const lineStart = tail.indexOf('\n') + 1;
    return { text: lineStart > 0 && lineStart < KEEP / 2 ? tail.slice(lineStart) : tail, isCut: true };
  }
}
