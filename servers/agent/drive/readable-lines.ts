import { readStreamEvent, type StreamEvent } from './stream-events.ts';

const MAX_LINE = 8 * 1024 * 1024;

/** What came out of a program, made readable. */
export interface Readable {
  /** For the log. */
  readonly log: string;
  /** What counts as said by the agent. */
  readonly said: string;
  readonly result?: NonNullable<StreamEvent['result']>;
}

/**
 * Turns the events that some agents print, one JSON object a line, into readable lines. Everything else goes through
 * as it comes, also unfinished lines; only what may become an event is held back until its line is whole.
 */
export class ReadableLines {
  #held = '';
  #isInLine = false;

  add(text: string): Readable {
    let log = '';
    let said = '';
    let result: Readable['result'];
    let rest = this.#held + text;
    this.#held = '';
    while (rest !== '') {
      const end = rest.indexOf('\n') + 1;
      const line = end === 0 ? rest : rest.slice(0, end);
      rest = rest.slice(line.length);
      if (end === 0 && !this.#isInLine && line.startsWith('{') && line.length < MAX_LINE) {
        this.#held = line;
        break;
      }
      const event = this.#isInLine ? undefined : readStreamEvent(line.trim());
      this.#isInLine = end === 0;
      log += event?.log ?? line;
      said += event ? (event.said ?? '') : line;
      result = event?.result ?? result;
    }
    return { log, said, ...(result && { result }) };
  }

  /** What is held back when nothing more comes. */
  rest(): Readable {
    const text = this.#held;
    this.#held = '';
    const event = readStreamEvent(text.trim());
    return event
      ? { log: event.log, said: event.said ?? '', ...(event.result && { result: event.result }) }
      : { log: text, said: text };
  }
}
