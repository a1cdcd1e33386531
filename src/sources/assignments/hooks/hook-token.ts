import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'whk_';
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case
const CHARS = 32; // of 5 bits each: 160 bits of chance

/** A new secret address of a hook, `whk_…`. Only its hash is kept. */
export function newHookToken(): string {
  return PREFIX + [...randomBytes(CHARS)].map((byte) => ALPHABET[byte % 32]).join('');
}

/** What is kept of a token, to find its assignment by. SHA-256, in hex. */
export const hashHookToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What is shown of a token. */
export const hookHint = (token: string): string => `…${token.slice(-4)}`;

/** A new secret to sign with, as Standard Webhooks write it: `whsec_…`, 256 bits. */
export const newHookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The secret of a signed hook comes of its token, of which only the hash is kept: who has the one has the other. */
export const hookSecret = (token: string): string =>
  `whsec_${createHash('sha256').update(`sign ${token}`).digest('base64')}`;
