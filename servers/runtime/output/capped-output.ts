const KEEP_EACH = 32 * 1024;

/** What is kept of an output, and how much there was. */
export interface KeptOutput {
  /** Head and tail, with a line between them that says how many bytes were cut. */
  readonly text: string;
  readonly totalBytes: number;
  readonly cutBytes: number;
}

/** Keeps the first and the last 32 KB of what is added; memory stays of that order however much comes. */
export class CappedOutput {
  readonly #keepEach: number;
  #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #totalBytes = 0;

  constructor(keepEach = KEEP_EACH) {
    this.#keepEach = keepEach;
  }

  add(text: string): void {
    let bytes = Buffer.from(text);
    this.#totalBytes += bytes.length;
    const room = this.#keepEach - this.#headBytes;
    if (room > 0) {
      this.#head.push(bytes.subarray(0, room));
      this.#headBytes += Math.min(room, bytes.length);
      bytes = bytes.subarray(room);
    }
    if (bytes.length === 0) return;
    this.#tail.push(Buffer.from(bytes.subarray(-this.#keepEach))); // a copy, so that the rest can be freed
    this.#tailBytes += Math.min(bytes.length, this.#keepEach);
    while (this.#tailBytes - this.#tail[0]!.length >= this.#keepEach)
      this.#tailBytes -= this.#tail.shift()!.length;
  }

  kept(): KeptOutput {
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail).subarray(-this.#keepEach);
    const uncut = this.#totalBytes === head.length + tail.length;
    if (uncut)
      return { text: String(Buffer.concat([head, tail])), totalBytes: this.#totalBytes, cutBytes: 0 };
    const [first, last] = [untilWholeLine(head), fromWholeLine(tail)];
    const cutBytes = this.#totalBytes - first.length - last.length;
    const text = `${first}\n… ${cutBytes} bytes cut …\n${last}`;
    return { text, totalBytes: this.#totalBytes, cutBytes };
  }
}

// A cut in the middle of a line is moved to its end when that is near; otherwise only whole characters are kept.
const NEAR = 1_024;

function untilWholeLine(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(10);
  if (end >= bytes.length - NEAR && end > 0) return bytes.subarray(0, end);
  let cut = bytes.length;
  while (cut > 0 && (bytes[cut - 1]! & 0xc0) === 0x80) cut--;
  return cut > 0 && bytes[cut - 1]! >= 0xc0 ? bytes.subarray(0, cut - 1) : bytes;
}

function fromWholeLine(bytes: Buffer): Buffer {
  const start = bytes.indexOf(10) + 1;
  if (start > 0 && start <= NEAR) return bytes.subarray(start);
  let cut = 0;
  while (cut < bytes.length && (bytes[cut]! & 0xc0) === 0x80) cut++;
  return bytes.subarray(cut);
}
