import { createHash } from 'node:crypto';

/** Providers take names of at most 64 characters, of letters, digits, _ and -. */
const LONGEST = 64;
const HASH_CHARS = 8;

/** Under what name a model knows a tool; the same for the same tool, and another one for any other. */
export function toolName(server: string, tool: string): string {
  const whole = `${server}__${tool}`;
  const plain = whole.replace(/[^a-zA-Z0-9_-]/g, '_');
  if (plain === whole && plain.length <= LONGEST) return plain;
  const hash = createHash('sha256').update(`${server}\0${tool}`).digest('hex').slice(0, HASH_CHARS);
  return `${plain.slice(0, LONGEST - HASH_CHARS - 1)}_${hash}`;
}
