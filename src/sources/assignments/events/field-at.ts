/**
 * The value at a path such as `payload.ref` or `files.0.name`: own properties only, so nothing of JavaScript's objects
 * can be reached. A key that holds dots itself is found as well. `*` stands for all entries of a list.
 * @returns undefined where there is none
 */
export function fieldAt(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  const dot = path.indexOf('.');
  const [name, rest] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
  if (name === '*' && Array.isArray(value))
    return value.map((entry) => fieldAt(entry, rest)).filter((found) => found !== undefined);
  if (dot < 0 || !Object.hasOwn(value, name)) return undefined;
  return fieldAt((value as Record<string, unknown>)[name], rest);
}

const NAMES = 20;

/** What there is in a value, for messages: its own names, at most 20. */
export function namesIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `0 to ${value.length - 1}, *`;
  const names = Object.keys(value);
  if (names.length === 0) return 'nothing';
  return `${names.slice(0, NAMES).join(', ')}${names.length > NAMES ? ', …' : ''}`;
}
