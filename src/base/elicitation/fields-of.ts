import { DESCRIPTION_CHARS, FIELDS_MAX, type Field, FORMATS, type Format, LABEL_CHARS } from './field.ts';
import { fits } from './fits.ts';
import { asObject, type Json, own, textOf } from './json.ts';
import { optionsOf } from './options-of.ts';

/**
 * The fields that a form for this schema has, in its order. Never throws: what cannot be understood becomes a
 * field for JSON or text. At most FIELDS_MAX; `fieldsLeftOut` says how many more there are.
 */
export function fieldsOf(schema: unknown): readonly Field[] {
  const { properties, names, required } = read(schema);
  const first = [
    ...names.filter((name) => required.has(name)),
    ...names.filter((name) => !required.has(name)),
  ];
  const shown = new Set(first.slice(0, FIELDS_MAX));
  return names
    .filter((name) => shown.has(name))
    .map((name) => fieldOf(name, asObject(own(properties, name)), required.has(name)));
}

/** How many fields the form does not show. */
export const fieldsLeftOut = (schema: unknown): number => Math.max(0, read(schema).names.length - FIELDS_MAX);

/** All names that the schema speaks of, shown or not. */
export const namesIn = (schema: unknown): ReadonlySet<string> => new Set(read(schema).names);

function read(schema: unknown) {
  const root = asObject(schema);
  const properties = asObject(own(root, 'properties'));
  const listed = own(root, 'required');
  const required = new Set(
    (Array.isArray(listed) ? listed : []).filter((name): name is string => typeof name === 'string'),
  );
  return { properties, required, names: [...new Set([...Object.keys(properties), ...required])] };
}

function fieldOf(name: string, schema: Json, required: boolean): Field {
  const description = textOf(own(schema, 'description'), DESCRIPTION_CHARS);
  const field = {
    name,
    label: textOf(own(schema, 'title'), LABEL_CHARS) ?? textOf(name, LABEL_CHARS) ?? '(no name)',
    ...(description === undefined ? {} : { description }),
    required,
    ...kindOf(schema),
  } as Field;
  const suggested = own(schema, 'default');
  return suggested !== undefined && fits(field, suggested) ? { ...field, default: suggested } : field;
}

/** What tells the kinds apart, without what all fields have. */
function kindOf(schema: Json): Json {
  const type = [own(schema, 'type')].flat().find((each) => each !== 'null');
  if (type === 'array') {
    const options = optionsOf(asObject(own(schema, 'items')));
    return options === undefined
      ? { kind: 'json' }
      : { kind: 'choices', options, ...counts(schema, 'minItems', 'maxItems') };
  }
  const options = optionsOf(schema);
  if (options !== undefined) return { kind: 'choice', options };
  switch (type) {
    case 'boolean':
      return { kind: 'boolean' };
    case 'integer':
    case 'number':
      return { kind: 'number', whole: type === 'integer', ...numbers(schema, 'minimum', 'maximum') };
    case 'string': {
      const format = own(schema, 'format');
      const pattern = own(schema, 'pattern');
      return {
        kind: 'text',
        ...(FORMATS.includes(format as Format) ? { format } : {}),
        ...counts(schema, 'minLength', 'maxLength'),
        ...(typeof pattern === 'string' ? { pattern } : {}),
      };
    }
    default:
      return { kind: 'json' };
  }
}

const numbers = (schema: Json, ...names: readonly string[]): Json => pick(schema, names, Number.isFinite);
const counts = (schema: Json, ...names: readonly string[]): Json =>
  pick(schema, names, (value) => Number.isInteger(value) && (value as number) >= 0);

const pick = (schema: Json, names: readonly string[], good: (value: unknown) => boolean): Json =>
  Object.fromEntries(names.flatMap((name) => (good(own(schema, name)) ? [[name, own(schema, name)]] : [])));
