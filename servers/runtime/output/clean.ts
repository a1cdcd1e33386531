// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are the subject here
/** Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links), and the short ones. */
const ESCAPES =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])/g;
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Text without colours and control characters; line ends and tabs stay. */
export function clean(text: string): string {
  return text.replace(ESCAPES, '').replace(CONTROLS, '');
}

/** One clean line as a message: trimmed, single spaces, at most `max` characters. */
export function toMessage(text: string, max = 200): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}
