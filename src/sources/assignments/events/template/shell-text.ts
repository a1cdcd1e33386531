/** Where a piece of a shell command line stands: what may be written there, and how. */
type Place = 'plain' | 'single' | 'double';

/**
 * Writes values into a command line of a POSIX shell so that each stays one piece of data whatever it holds, wherever in
 * the line it stands: plainly, or within single or double quotes.
 */
export class ShellText {
  #text = '';
  #place: Place = 'plain';
  #problem: string | undefined;

  /** Takes a part of the line as it is. */
  literal(text: string): void {
    for (let at = 0; at < text.length; at++) at += this.#step(text, at);
    this.#text += text;
  }

  /** Takes a value. */
  value(value: string): void {
    const before = this.#place === 'single' ? undefined : /[\\$]$/.exec(this.#text)?.[0];
    // It would be one with the first character of what is written here.
    if (before !== undefined) this.#refuse(`directly after ${before}`);
    if (value.includes('\0')) this.#problem ??= 'a NUL character cannot stand in a command line';
    this.#text += WRITE[this.#place](value);
  }

  /** The whole line, or why it cannot be written safely. */
  get result(): { readonly text: string } | { readonly problem: string } {
    return this.#problem === undefined ? { text: this.#text } : { problem: this.#problem };
  }

  /** @returns how many characters more than one this one takes with it */
  #step(text: string, at: number): number {
    const char = text[at]!;
    if (this.#place === 'single') {
      if (char === "'") this.#place = 'plain';
      return 0;
    }
    if (char === '\\') return 1;
    const unsure = (this.#place === 'plain' ? UNSURE_PLAIN : UNSURE_DOUBLE).exec(text.slice(at, at + 3))?.[0];
    // Within these, quotes begin anew or are none, so it could not be known what stands where.
    if (unsure !== undefined) this.#refuse(`into a command line that holds ${unsure}`);
    else if (char === '#' && this.#place === 'plain' && this.#beginsWord(text, at))
      this.#refuse('into a command line with a comment (#)');
    else if (char === '"') this.#place = this.#place === 'double' ? 'plain' : 'double';
    else if (char === "'" && this.#place === 'plain') this.#place = 'single';
    return 0;
  }

  #beginsWord(text: string, at: number): boolean {
    const before = at > 0 ? text[at - 1]! : this.#text.at(-1);
    return before === undefined || /[\s;&|()]/.test(before);
  }

  #refuse(where: string): void {
    this.#problem ??= `values cannot be filled in ${where}, where it is not sure that they stay data`;
  }
}

const UNSURE_PLAIN = /^(?:`|\$[({'"]|<<)/;
const UNSURE_DOUBLE = /^(?:`|\$[({])/;

const WRITE: Readonly<Record<Place, (value: string) => string>> = {
  plain: (value) => `'${value.replaceAll("'", `'\\''`)}'`,
  single: (value) => value.replaceAll("'", `'\\''`),
  double: (value) => value.replace(/[\\"$`]/g, '\\$&'),
};
