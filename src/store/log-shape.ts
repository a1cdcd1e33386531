import type { LogCaps } from './log-caps.ts';
import type { LogRow, LogSizes } from './tables.ts';

/** What a row costs beside its text, roughly: a flood of empty lines must reach the cap too. */
const ROW_BYTES = 64;

/** A line as it can be kept: whole characters, no NUL (PostgreSQL refuses it), not longer than allowed. */
export function fitLine(
  text: string,
  { lineBytes }: LogCaps,
): { readonly text: string; readonly bytes: number } {
  const clean = text.replaceAll('\0', '\uFFFD').toWellFormed();
  const bytes = Buffer.byteLength(clean);
  if (bytes <= lineBytes) return { text: clean, bytes: bytes + ROW_BYTES };
  const kept = new TextDecoder().decode(Buffer.from(clean).subarray(0, lineBytes), { stream: true });
  return { text: `${kept} … (${bytes - lineBytes} more bytes)`, bytes: lineBytes + ROW_BYTES };
}

/** Lines go into the head until the first that does not fit; from then on all go into the tail. */
export function placeLines(old: LogSizes, lines: readonly LogRow[], { headBytes }: LogCaps): LogSizes {
  let { head_bytes, tail_from, tail_bytes } = old;
  for (const { n, bytes } of lines) {
    if (tail_from === 0 && head_bytes + bytes <= headBytes) {
      head_bytes += bytes;
    } else {
      tail_from ||= n;
      tail_bytes += bytes;
    }
  }
  return { ...old, head_bytes, tail_from, tail_bytes };
}

export const cutText = (lines: number, bytes: number): string =>
  `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'} (${inWords(bytes)}) were left out here.`;

function inWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
