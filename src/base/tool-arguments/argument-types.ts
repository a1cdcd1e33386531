type Json = Readonly<Record<string, unknown>>;

const TYPES = ['integer', 'number', 'boolean', 'null', 'array', 'object', 'string'] as const;
export type ArgumentType = (typeof TYPES)[number];

/** Which JSON types a tool takes for a key, the narrowest first; none where its schema does not say. */
export function argumentTypes(inputSchema: Json): (key: string) => readonly ArgumentType[] {
  const properties = asObject(inputSchema.properties);
  return (key) => {
    const found = Object.hasOwn(properties, key) ? typesOf(asObject(properties[key]), inputSchema) : [];
    return TYPES.filter((type) => found.includes(type));
  };
}

function typesOf(schema: Json, root: Json, depth = 0): readonly unknown[] {
  if (depth > 8) return [];
  if (typeof schema.$ref === 'string') return typesOf(resolve(schema.$ref, root), root, depth + 1);
  if (schema.type !== undefined) return [schema.type].flat();
  if ('const' in schema) return [typeName(schema.const)];
  if (Array.isArray(schema.enum)) return schema.enum.map(typeName);
  const choices = [schema.anyOf, schema.oneOf, schema.allOf].flat().filter((choice) => choice !== undefined);
  return choices.flatMap((choice) => typesOf(asObject(choice), root, depth + 1));
}

/** The schema at a pointer such as `#/$defs/Point`; an empty one where it leads nowhere. */
function resolve(ref: string, root: Json): Json {
  let at: Json = root;
  for (const step of ref.replace(/^#\/?/, '').split('/')) {
    at = asObject(at[step.replaceAll('~1', '/').replaceAll('~0', '~')]);
  }
  return at;
}

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
