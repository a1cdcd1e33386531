import { AppError, type FieldError } from '../errors.ts';
import { inOneSentence } from '../field-errors.ts';
import { type ArgumentType, argumentTypes } from './argument-types.ts';
import { splitWords } from './split-words.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The arguments of a tool from words: either one JSON object, or `key=value` read as the tool's schema says,
 * or `key:=json`. A key given several times makes a list where the schema wants one.
 * @throws {AppError} `invalid_arguments`, naming every word that does not fit
 */
export function parseArguments(words: readonly string[], inputSchema: Json = {}): Json {
  if (words.length === 1 && words[0]?.trimStart().startsWith('{')) return parseObject(words[0]);
  const types = argumentTypes(inputSchema);
  const result: Record<string, unknown> = Object.create(null);
  const fields: FieldError[] = [];
  for (const word of words) {
    const parsed = parseWord(word, types);
    if ('expected' in parsed) fields.push({ field: parsed.field, expected: parsed.expected });
    else if (!(parsed.key in result)) result[parsed.key] = parsed.value;
    else if (types(parsed.key).includes('array')) {
      result[parsed.key] = [result[parsed.key], parsed.value].flat();
    } else fields.push({ field: parsed.key, expected: 'to be given once' });
  }
  if (fields.length > 0) throw new AppError('invalid_arguments', inOneSentence(fields), { fields });
  return { ...result };
}

/**
 * The same from one line, as it is typed in a chat.
 * @throws {AppError} `invalid_arguments`
 */
export function parseArgumentLine(line: string, inputSchema: Json = {}): Json {
  const text = line.trim();
  return parseArguments(text.startsWith('{') ? [text] : splitWords(text), inputSchema);
}

function parseObject(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new AppError('invalid_arguments', `The argument is not valid JSON: ${why}`, {
      fields: [{ field: 'arguments', expected: 'one JSON object that parses' }],
    });
  }
}

function parseWord(
  word: string,
  types: (key: string) => readonly ArgumentType[],
): { key: string; value: unknown } | FieldError {
  const at = word.indexOf('=');
  if (at <= 0 || word.startsWith(':='))
    return { field: word, expected: 'key=value, key:=json or one {…} object' };
  const text = word.slice(at + 1);
  if (word[at - 1] === ':') {
    const key = word.slice(0, at - 1);
    const value = parseJson(text);
    return value === undefined ? { field: key, expected: `JSON after :=, not ${text}` } : { key, value };
  }
  const key = word.slice(0, at);
  const value = readAs(text, types(key));
  return value === undefined
    ? { field: key, expected: `${types(key).join(' or ')}, not ${text}` }
    : { key, value };
}

/** The text as the first of the types that it fits; as it is where the schema does not say. */
function readAs(text: string, types: readonly ArgumentType[]): unknown {
  if (types.length === 0) return text;
  const json = parseJson(text);
  for (const type of types) {
    if (type !== 'string' && isA(json, type)) return json;
  }
  if (types.includes('string')) return text;
  // A list of one may be written without its brackets.
  return types.includes('array') && !text.startsWith('[') ? [text] : undefined;
}

function isA(value: unknown, type: ArgumentType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
