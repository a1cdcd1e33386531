import { maskSecrets } from '../mask-secrets.ts';

const SECRET_KEY = /token|secret|password|passwd|api-?_?key|authorization|credential/i;
const STRING_CHARS = 4_000;
const TOTAL_CHARS = 16_000;
const SHORT_CHARS = 300;
const SHORT_ITEMS = 50;
const DEEPEST = 8;

/**
 * The arguments of a call as they may be kept and shown: secrets masked by the name of their field or of the
 * command-line option before them, long texts cut. What is sent to the tool is not touched.
 * @param onCut told when what is returned is not the whole
 */
export function maskArguments(
  args: Readonly<Record<string, unknown>>,
  onCut: () => void = () => {},
): Record<string, unknown> {
  const masked = mask(args, { chars: STRING_CHARS, items: 1_000, onCut }) as Record<string, unknown>;
  if (JSON.stringify(masked).length <= TOTAL_CHARS) return masked;
  onCut();
  const shorter = mask(args, { chars: SHORT_CHARS, items: SHORT_ITEMS, onCut }) as Record<string, unknown>;
  const text = JSON.stringify(shorter);
  return text.length <= TOTAL_CHARS ? shorter : { '…': `${text.slice(0, STRING_CHARS)}…` };
}

interface Limits {
  readonly chars: number;
  readonly items: number;
  readonly onCut: () => void;
}

function mask(value: unknown, limits: Limits, depth = 0): unknown {
  const { chars, items, onCut } = limits;
  if (typeof value === 'string') {
    const text = maskSecrets(value);
    if (text !== value || text.length > chars) onCut();
    return text.length > chars ? `${text.slice(0, chars)}… (${text.length} characters)` : text;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (depth > DEEPEST || entries.length > items) onCut();
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) return value.slice(0, items).map((each) => mask(each, limits, depth + 1));
  return Object.fromEntries(
    entries.slice(0, items).map(([key, each]) => {
      if (!SECRET_KEY.test(key) || each === null) return [key, mask(each, limits, depth + 1)];
      onCut();
      return [key, '•••'];
    }),
  );
}
