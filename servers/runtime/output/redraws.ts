// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are the subject here
/**
 * The other ways in which programs go back to draw a line anew: backspaces over what stands there (7z), the cursor to
 * the first column (npm) or to a place of the screen and back (apt). A few backspaces are none: `a\ba` is a bold a.
 */
const REDRAWS = /\x08{3,}|\x1b\[1?G|\x1b\[\d+;\d+[Hf]|\x1b8/g;

/** Text in which each of them is a carriage return. */
export const toReturns = (text: string): string =>
  text.includes('\x08') || text.includes('\x1b') ? text.replace(REDRAWS, '\r') : text;
