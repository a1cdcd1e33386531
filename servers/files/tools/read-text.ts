import { isUtf8 } from 'node:buffer';

/**
 * Bytes as text; `undefined` when they are none. A NUL character or invalid UTF-8 makes them binary.
 * @param isCut whether the file goes on after them: then a character that is cut in two at the end is left out
 * @returns the text, and for how many bytes it stands
 */
export function readText(bytes: Buffer, isCut: boolean): { text: string; length: number } | undefined {
  const whole = isCut ? bytes.subarray(0, lengthOfWhole(bytes)) : bytes;
  if (whole.includes(0) || !isUtf8(whole)) return undefined;
  if (whole.length === 0 && bytes.length > 0) return undefined;
  return { text: whole.toString('utf8'), length: whole.length };
}

/** Without the beginning of a last character whose rest is missing. */
function lengthOfWhole(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
