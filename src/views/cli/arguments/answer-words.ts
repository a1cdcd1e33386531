import { expectation } from '../../../base/elicitation/expectation.ts';
import { fieldsOf } from '../../../base/elicitation/fields-of.ts';
import { readTyped } from '../../../base/elicitation/read-typed.ts';
import { AppError, type FieldError } from '../../../base/errors.ts';
import { parseArguments } from '../../../base/tool-arguments/parse-arguments.ts';
import type { Question } from '../../../task/task.ts';

/**
 * Which question the words are about, and the words that answer it. The first word may be its key or its number.
 * @throws {AppError} `invalid_request` where that cannot be told
 */
export function pickQuestion(
  questions: readonly Question[],
  words: readonly string[],
): { readonly question: Question | undefined; readonly rest: readonly string[] } {
  const [first, ...rest] = words;
  const byKey = questions.find(({ key }) => key === first);
  if (byKey !== undefined) return { question: byKey, rest };
  if (first === undefined || isAnswer(first))
    return { question: questions.length === 1 ? questions[0] : undefined, rest: words };
  const byNumber = /^\d+$/.test(first) ? questions[Number(first) - 1] : undefined;
  if (byNumber !== undefined) return { question: byNumber, rest };
  throw new AppError('invalid_request', `There is no question ${first}. It asks: ${keysOf(questions)}.`, {
    fields: [{ field: 'KEY', expected: 'the key or the number of a question that is asked' }],
  });
}

export const keysOf = (questions: readonly Question[]): string =>
  questions.map(({ key }, at) => `${at + 1} (${key})`).join(', ');

const isAnswer = (word: string): boolean => word.includes('=') || word.trimStart().startsWith('{');

/**
 * The content of an answer from `name=value`, read as the field says, `name:=json`, or one {…} object. A name that
 * is given several times makes a list.
 * @throws {AppError} `invalid_request`, naming every word that cannot be read
 */
export function answerContent(schema: unknown, words: readonly string[]): Readonly<Record<string, unknown>> {
  if (words.some((word) => word.trimStart().startsWith('{'))) return parseArguments(words);
  const fields = new Map(fieldsOf(schema).map((field) => [field.name, field]));
  const content = new Map<string, unknown>();
  const wrong: FieldError[] = [];
  for (const word of words) {
    const [, name, sign, text] = /^([^=]+?)(:?=)([\s\S]*)$/.exec(word) ?? [];
    if (name === undefined || text === undefined) {
      wrong.push({ field: word, expected: 'name=value, name:=json or one {…} object' });
      continue;
    }
    const field = fields.get(name);
    const value = sign === ':=' ? parseJson(text) : field === undefined ? text : readTyped(field, text);
    if (value === undefined)
      wrong.push({
        field: name,
        expected: field === undefined || sign === ':=' ? 'JSON' : expectation(field),
      });
    else if (content.has(name)) content.set(name, [content.get(name), value].flat());
    else content.set(name, value);
  }
  if (wrong.length > 0)
    throw new AppError('invalid_request', 'The answer cannot be read.', { fields: wrong });
  return Object.fromEntries(content);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
