export type Json = Readonly<Record<string, unknown>>;

/** A JSON object as it is; anything else as an empty one. */
export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** What an object has of its own under a name; never what it inherits. */
export const own = (object: Json, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** A text that says something, cut to a length. */
export function textOf(value: unknown, chars: number): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return value.length > chars ? `${value.slice(0, chars - 1)}…` : value;
}
