import { asText } from './as-text.ts';

const CHARS = 64 * 1024;
const FIELD_CHARS = 1_000;

/** What came in as it may be kept: of more than 64 KB only short fields stay, and `isCut` says so. */
export function cappedData(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const text = asText(data);
  if (text !== '' && text.length <= CHARS) return data;
  const short = Object.entries(data)
    .filter(([name, value]) => name.length <= 100 && (typeof value !== 'object' || value === null))
    .slice(0, 50)
    .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, FIELD_CHARS) : value]);
  return Object.fromEntries([...short, ['isCut', true]]);
}
