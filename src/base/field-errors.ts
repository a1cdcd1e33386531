import type { z } from 'zod';
import type { FieldError } from './errors.ts';

/** What a schema found wrong, field by field, in words for people. */
export function fieldErrors(error: z.ZodError, prefix: readonly string[] = []): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path.map(String)];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ field: [...path, key].join('.'), expected: 'no such field' }));
    if (issue.code === 'invalid_key')
      return [{ field: path.join('.'), expected: issue.issues[0]?.message ?? 'another name' }];
    return [
      { field: path.join('.') || 'body', expected: issue.message.replace(/^Invalid input: expected /, '') },
    ];
  });
}

/** The same as one sentence. */
export const inOneSentence = (fields: readonly FieldError[]): string =>
  `${fields.map(({ field, expected }) => `${field}: expected ${expected}`).join('; ')}.`;
