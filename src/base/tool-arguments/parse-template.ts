import { parseArgumentLine, parseArguments } from './parse-arguments.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * As `parseArguments`, for a call that is made later: a value with `{{…}}` is a text whatever the schema wants, because
 * what it becomes is known only then.
 * @throws {AppError} `invalid_arguments`
 */
export const parseTemplateArguments = (words: readonly string[], inputSchema: Json = {}): Json =>
  parseArguments(words, withoutTemplated(inputSchema, words.join(' ')));

/** The same from one line. @throws {AppError} `invalid_arguments` */
export const parseTemplateLine = (line: string, inputSchema: Json = {}): Json =>
  parseArgumentLine(line, withoutTemplated(inputSchema, line));

/** The schema without the properties that are given as `key=…{{`. */
function withoutTemplated(inputSchema: Json, line: string): Json {
  const properties = inputSchema.properties as Json | undefined;
  if (properties === undefined || !line.includes('{{')) return inputSchema;
  const isTemplated = (key: string) =>
    line
      .split(/\s(?=[^\s=]+=)/)
      .some((word) => word.trimStart().startsWith(`${key}=`) && word.includes('{{'));
  const plain = Object.entries(properties).filter(([key]) => !isTemplated(key));
  return { ...inputSchema, properties: Object.fromEntries(plain) };
}
