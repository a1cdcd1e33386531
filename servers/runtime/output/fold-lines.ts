const MAX_PENDING = 64 * 1024;

/**
 * Turns one stream into whole lines, of which only the last state stays where a carriage return drew a line anew
 * (progress bars). What has no line end for 64 KB is let through as it is.
 */
export class FoldLines {
  #pending = '';

  /** The lines that are complete now, with their line ends; empty when there are none. */
  add(text: string): string {
    const end = text.lastIndexOf('\n') + 1;
    if (end === 0) {
      this.#pending += text;
      if (this.#pending.includes('\r')) this.#pending = lastState(this.#pending);
      return this.#pending.length > MAX_PENDING ? this.rest() : '';
    }
    const complete = this.#pending + text.slice(0, end);
    this.#pending = text.slice(end);
    return complete.includes('\r') ? complete.split('\n').map(finalState).join('\n') : complete;
  }

  /** What stands without a line end now, as a terminal would show it. */
  get pending(): string {
    return finalState(this.#pending);
  }

  /** What is left without a line end. */
  rest(): string {
    const rest = finalState(this.#pending);
    this.#pending = '';
    return rest;
  }
}

/** Of a line in progress: everything from the last redraw on; a return at the very end has drawn nothing yet. */
function lastState(line: string): string {
  const at = line.lastIndexOf('\r', line.length - 2);
  return line.slice(at + 1);
}

function finalState(line: string): string {
  const whole = line.replace(/\r+$/, '');
  return whole.slice(whole.lastIndexOf('\r') + 1);
}
