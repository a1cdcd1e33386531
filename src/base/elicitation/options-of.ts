import { LABEL_CHARS, OPTIONS_MAX, type Option } from './field.ts';
import { asObject, type Json, own, textOf } from './json.ts';

/**
 * The choices of a schema: `enum` (with `enumNames`, which older servers send), or `oneOf`/`anyOf` of
 * `{const, title}`. Undefined where there are none.
 */
export function optionsOf(schema: Json): readonly Option[] | undefined {
  const listed = own(schema, 'enum');
  const named = own(schema, 'oneOf') ?? own(schema, 'anyOf');
  const names = own(schema, 'enumNames');
  const options = new Map<Option['value'], Option>();
  const add = (value: unknown, title: unknown) => {
    if (isPlain(value) && !options.has(value))
      options.set(value, { value, label: textOf(title, LABEL_CHARS) ?? (String(value) || '(empty)') });
  };
  if (Array.isArray(listed))
    for (const [index, value] of listed.slice(0, OPTIONS_MAX).entries())
      add(value, Array.isArray(names) ? names[index] : undefined);
  else if (Array.isArray(named))
    for (const entry of named.slice(0, OPTIONS_MAX)) {
      const choice = asObject(entry);
      add(own(choice, 'const'), own(choice, 'title'));
    }
  return options.size === 0 ? undefined : [...options.values()];
}

const isPlain = (value: unknown): value is Option['value'] =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));
