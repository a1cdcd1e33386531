import type { Field } from '../../../../../base/elicitation/field.ts';
import { fieldsOf } from '../../../../../base/elicitation/fields-of.ts';
import { readTyped } from '../../../../../base/elicitation/read-typed.ts';
import type { Tool } from '../../../data/types.ts';
import type { ArgumentEntry } from './form-state.ts';

/* The arguments of a tool as fields, and what stands in them as a value. Pure. */

type Entries = Readonly<Record<string, ArgumentEntry>>;
type Arguments = Readonly<Record<string, unknown>>;

/** The fields of a tool; those it needs come first. */
export function argumentFields(tool: Tool): readonly Field[] {
  const fields = fieldsOf(tool.inputSchema);
  return [...fields.filter(({ required }) => required), ...fields.filter(({ required }) => !required)];
}

/** What is empty is left out. Texts with placeholders stay texts, whatever the field wants. */
export function argumentsOf(fields: readonly Field[], entries: Entries): Arguments {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = valueIn(field, entries[field.name] ?? '');
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

function valueIn(field: Field, entry: ArgumentEntry): unknown {
  if (field.kind === 'choices') {
    const chosen = typeof entry === 'string' ? [] : entry;
    const values = field.options.filter((_, at) => chosen.includes(String(at))).map(({ value }) => value);
    return values.length === 0 ? undefined : values;
  }
  if (typeof entry !== 'string' || entry === '') return undefined;
  if (field.kind === 'choice') return field.options[Number(entry)]?.value;
  if (field.kind === 'boolean') return entry === 'true';
  if (field.kind === 'text') return entry;
  return readTyped(field, entry) ?? entry;
}

/** The entries that mean these arguments; undefined where fields cannot show them. */
export function entriesOf(fields: readonly Field[], args: Arguments): Entries | undefined {
  const entries: Record<string, ArgumentEntry> = {};
  for (const [name, value] of Object.entries(args)) {
    const field = fields.find((each) => each.name === name);
    const entry = field === undefined ? undefined : entryOf(field, value);
    if (entry === undefined) return undefined;
    entries[name] = entry;
  }
  return entries;
}

function entryOf(field: Field, value: unknown): ArgumentEntry | undefined {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' && value !== '' ? value : undefined;
    case 'number':
      return typeof value === 'number' || isTemplate(value) ? String(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'choice':
      return placeOf(field.options, value);
    case 'choices': {
      const places = Array.isArray(value) ? value.map((each) => placeOf(field.options, each)) : [undefined];
      return places.every((place) => place !== undefined) ? places : undefined;
    }
    case 'json':
      return typeof value === 'string' && readTyped(field, value) === value && value !== ''
        ? value
        : JSON.stringify(value, null, 2);
  }
}

const isTemplate = (value: unknown): value is string => typeof value === 'string' && value.includes('{{');

function placeOf(options: readonly { readonly value: unknown }[], value: unknown): string | undefined {
  const at = options.findIndex((option) => option.value === value);
  return at < 0 ? undefined : String(at);
}
