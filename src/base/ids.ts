import { randomFillSync } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case: no i, l, o, u

/** Chance is taken from the system in larger portions: each portion costs as much as a small one. */
const pool = Buffer.alloc(1_280);
let used = pool.length;

let lastMs = 0;
let counter = 0;

/**
 * A prefixed, time-ordered id such as `task_01k8…`: 10 characters of milliseconds, 4 of a counter that keeps
 * ids of one millisecond in order, 10 of chance (50 bits).
 */
export function newId(
  prefix: 'task' | 'sess' | 'msg' | 'call' | 'asg' | 'run' | 'evt' | 'inb' | 'spawn' | 'req' | 'turn' | 'fup',
): string {
  const now = Date.now();
  counter = now > lastMs ? 0 : counter + 1;
  lastMs = Math.max(now, lastMs);
  return `${prefix}_${base32(lastMs, 10)}${base32(counter, 4)}${chance(10)}`;
}

function base32(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32))
    text = ALPHABET[rest % 32] + text;
  return text;
}

function chance(length: number): string {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let text = '';
  for (const byte of pool.subarray(used, used + length)) text += ALPHABET[byte % 32];
  used += length;
  return text;
}
