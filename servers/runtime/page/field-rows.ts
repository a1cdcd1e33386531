interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
}

/** One row of a Markdown table for each field of an object schema, those of objects within it below their parent. */
export function fieldRows(schema: unknown, prefix = ''): string[] {
  const { properties = {}, required = [] } = schema as JsonSchema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const optional = required.includes(name) ? '' : '?';
    const row = `| \`${prefix}${name}${optional}\` | ${cell(typeOf(field))} | ${cell(meaningOf(field))} |`;
    const inner = objectIn(field);
    return inner ? [row, ...fieldRows(inner.schema, `${prefix}${name}${inner.mark}.`)] : [row];
  });
}

function typeOf({ type, items, anyOf, enum: choices, const: only }: JsonSchema): string {
  if (choices) return choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(', ');
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (anyOf) return anyOf.map(typeOf).join(' or ');
  if (type === 'array') return `list of ${items ? typeOf(items) : 'anything'}`;
  return typeof type === 'string' ? type : (type?.join(' or ') ?? 'anything');
}

const meaningOf = ({ description = '', default: preset }: JsonSchema): string =>
  preset === undefined ? description : `${description} (default: \`${JSON.stringify(preset)}\`)`;

function objectIn(field: JsonSchema): { schema: JsonSchema; mark: string } | undefined {
  if (field.properties) return { schema: field, mark: '' };
  if (field.items?.properties) return { schema: field.items, mark: '[]' };
  return field.anyOf?.map(objectIn).find((found) => found !== undefined);
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
