import { maskSecrets } from '../mask-secrets.ts';

const SECRET_KEY = /token|secret|password|passwd|api-?_?key|authorization|credential/i;
const STRING_CHARS = 4_000;
const TOTAL_CHARS = 16_000;
const SHORT_CHARS = 300;
const SHORT_ITEMS = 50;

/**
 * The arguments of a call as they may be kept and shown: secrets masked by the name of their field or of the
 * command-line option before them, long texts cut. What is sent to the tool is not touched.
 */
export function maskArguments(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const masked = mask(args, STRING_CHARS) as Record<string, unknown>;
  if (JSON.stringify(masked).length <= TOTAL_CHARS) return masked;
  const shorter = mask(args, SHORT_CHARS, SHORT_ITEMS) as Record<string, unknown>;
  const text = JSON.stringify(shorter);
  return text.length <= TOTAL_CHARS ? shorter : { '…': `${text.slice(0, STRING_CHARS)}…` };
}

function mask(value: unknown, chars: number, items = 1_000, depth = 0): unknown {
  if (typeof value === 'string') {
    const text = maskSecrets(value);
    return text.length > chars ? `${text.slice(0, chars)}… (${text.length} characters)` : text;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 8) return '…';
  if (Array.isArray(value)) return value.slice(0, items).map((each) => mask(each, chars, items, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, items)
      .map(([key, each]) => [
        key,
        SECRET_KEY.test(key) && each !== null ? '•••' : mask(each, chars, items, depth + 1),
      ]),
  );
}
