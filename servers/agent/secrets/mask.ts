const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD/i;
const MIN_LENGTH = 8;
const MASK = '***';

/** Takes secrets out of a text. */
export type Mask = (text: string) => string;

/**
 * A mask for the values of all variables whose names speak of a key, token, secret or password. Agents need these
 * variables, so they get them; what is told about a run never holds their values. Values of less than 8 characters
 * are left alone, they would be found everywhere.
 */
export function maskOf(env: Readonly<Record<string, string | undefined>>): Mask {
  const values = Object.entries(env)
    .filter(([name, value]) => SECRET_NAME.test(name) && (value?.trim().length ?? 0) >= MIN_LENGTH)
    .map(([, value]) => value!.trim())
    .sort((a, b) => b.length - a.length); // one that holds another goes first
  if (values.length === 0) return (text) => text;
  const pattern = new RegExp(values.map(escaped).join('|'), 'g');
  return (text) => text.replace(pattern, MASK);
}

const escaped = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The same data with every text in it masked, the names of fields left as they are. */
export function maskAll<Data>(data: Data, mask: Mask): Data {
  if (typeof data === 'string') return mask(data) as Data;
  if (Array.isArray(data)) return data.map((each) => maskAll(each, mask)) as Data;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, maskAll(value, mask)]),
  ) as Data;
}
