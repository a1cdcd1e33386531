import { StringDecoder } from 'node:string_decoder';

const MOST_LINE = 1_024 * 1_024;

/** Cuts bytes into lines, without their line ends. What has no line end for 1 MB counts as a line. */
export class LineReader {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  add(bytes: Buffer): readonly string[] {
    const lines = (this.#rest + this.#decoder.write(bytes)).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MOST_LINE) {
      lines.push(this.#rest);
      this.#rest = '';
    }
    return lines.map(withoutReturn);
  }

  /** The last line, if it has no line end. */
  rest(): readonly string[] {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    return rest === '' ? [] : [withoutReturn(rest)];
  }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
