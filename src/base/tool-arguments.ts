/*
 * Arguments of a tool as a person types them on one line: `key=value …` or one JSON object. The tool's JSON
 * schema says what a value is to become. Pure; used by the chat and the command line alike.
 */

type Schema = Readonly<Record<string, unknown>>;

/** Arguments, or what is wrong with them in plain words. */
export type ParsedArguments =
  | { readonly ok: true; readonly arguments: Record<string, unknown> }
  | { readonly ok: false; readonly field: string; readonly expected: string };

/**
 * Splits a line into words as a shell would: spaces part them, `"…"` and `'…'` hold them together, a backslash
 * (not inside single quotes) takes the next character as it is.
 * @returns undefined when a quote is not closed
 */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (char === '\\' && quote !== "'" && i + 1 < line.length) {
      const next = line[++i] as string;
      // Inside double quotes a backslash only escapes what would otherwise mean something there.
      word = (word ?? '') + (quote === '"' && next !== '"' && next !== '\\' ? `\\${next}` : next);
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  return words;
}

/** Reads a whole line: one JSON object, or words `key=value`, or `key:=json`. */
export function parseArgumentLine(line: string, schema: Schema): ParsedArguments {
  const text = line.trim();
  if (text === '') return { ok: true, arguments: {} };
  if (text.startsWith('{')) return parseJsonObject(text);
  const words = splitWords(text);
  if (words === undefined) return { ok: false, field: 'arguments', expected: 'every quote to be closed' };
  return parseArgumentWords(words, schema);
}

/** Reads words that are already split, as a command line hands them over. */
export function parseArgumentWords(words: readonly string[], schema: Schema): ParsedArguments {
  if (words.length === 1 && words[0]?.trimStart().startsWith('{')) return parseJsonObject(words[0]);
  const found: Record<string, unknown> = {};
  for (const word of words) {
    const match = /^([^=\s:]+)(:?=)(.*)$/s.exec(word);
    if (match === null)
      return {
        ok: false,
        field: 'arguments',
        expected: `key=value, or one JSON object; found “${shorten(word)}”`,
      };
    const [, key = '', sign, text = ''] = match;
    const value = sign === ':=' ? parseJson(text) : coerce(text, propertySchema(schema, key));
    if (!value.ok) return { ok: false, field: `arguments.${key}`, expected: value.expected };
    Object.defineProperty(found, key, {
      value: value.value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return { ok: true, arguments: found };
}

type Coerced =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly expected: string };

/** Makes of a typed word what the schema of its key asks for; a string where the schema does not say. */
function coerce(text: string, schema: Schema): Coerced {
  const types = [schema.type].flat();
  if (types.includes('string')) return { ok: true, value: text };
  if (types.includes('integer') || types.includes('number')) {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return { ok: true, value };
    return types.includes('null') && text === 'null'
      ? { ok: true, value: null }
      : { ok: false, expected: 'a number' };
  }
  if (types.includes('boolean')) {
    if (/^(true|yes|on)$/i.test(text)) return { ok: true, value: true };
    if (/^(false|no|off)$/i.test(text)) return { ok: true, value: false };
    return { ok: false, expected: 'true or false' };
  }
  if (types.includes('array') && !text.trimStart().startsWith('['))
    return { ok: true, value: text === '' ? [] : text.split(',') };
  if (types.includes('array') || types.includes('object')) return parseJson(text);
  return { ok: true, value: text };
}

function parseJson(text: string): Coerced {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, expected: 'JSON' };
  }
}

function parseJsonObject(text: string): ParsedArguments {
  const parsed = parseJson(text);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
    return {
      ok: false,
      field: 'arguments',
      expected: 'one JSON object that parses, such as {"key": "value"}',
    };
  return { ok: true, arguments: parsed.value as Record<string, unknown> };
}

function propertySchema(schema: Schema, key: string): Schema {
  const properties = schema.properties;
  if (typeof properties !== 'object' || properties === null || !Object.hasOwn(properties, key)) return {};
  const property = (properties as Record<string, unknown>)[key];
  return typeof property === 'object' && property !== null ? (property as Schema) : {};
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
