import type { Writable } from 'node:stream';
import type { AnyMessage, Stream } from '@agentclientprotocol/sdk';

const MAX_BYTES = 32 * 1024 * 1024;
const NEWLINE = 10;

/**
 * The messages of an ACP agent, one JSON object a line. Lines that are none (agents log there too) are handed to
 * `onOther` instead of being answered with errors.
 */
export class Frames {
  readonly readable: ReadableStream<AnyMessage>;
  readonly #onOther: (line: string) => void;
  #controller: ReadableStreamDefaultController<AnyMessage> | undefined;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(onOther: (line: string) => void) {
    this.#onOther = onOther;
    this.readable = new ReadableStream<AnyMessage>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = undefined;
      },
    });
  }

  push(bytes: Buffer): void {
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      this.#parts.push(bytes.subarray(from, at));
      this.#line();
      from = at + 1;
    }
    if (from < bytes.length) this.#parts.push(bytes.subarray(from));
    this.#bytes += bytes.length - from;
    if (this.#bytes > MAX_BYTES) this.#fail(new Error('the agent sent a message of more than 32 MB'));
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#parts.length > 0) this.#line();
    this.#controller?.close();
    this.#controller = undefined;
  }

  #line(): void {
    const text = Buffer.concat(this.#parts).toString().trim();
    this.#parts = [];
    this.#bytes = 0;
    if (text === '') return;
    const message = parsed(text);
    if (message === undefined) this.#onOther(text);
    else this.#controller?.enqueue(message);
  }

  #fail(error: Error): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#controller?.error(error);
    this.#controller = undefined;
  }
}

/** Both directions as the SDK wants them. A closed stdin is no fault here: the agent's end tells it. */
export function streamOf(frames: Frames, stdin: Writable): Stream {
  const writable = new WritableStream<AnyMessage>({
    write: (message) =>
      new Promise((resolve) => {
        if (stdin.writable) stdin.write(`${JSON.stringify(message)}\n`, () => resolve());
        else resolve();
      }),
  });
  return { readable: frames.readable, writable };
}

function parsed(text: string): AnyMessage | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as AnyMessage;
  } catch {
    return undefined;
  }
}
