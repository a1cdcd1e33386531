import type { FieldError } from '../errors.ts';
import { expectation } from './expectation.ts';
import { fieldsOf, namesIn } from './fields-of.ts';
import { fits } from './fits.ts';
import { type Json, own } from './json.ts';

/** What stands before the name of a field in an error. */
export const CONTENT = 'content.';

/** The content with what the server suggests for fields that are not in it. */
export function withDefaults(schema: unknown, content: Json = {}): Json {
  const suggested = fieldsOf(schema).filter(
    (field) => field.default !== undefined && own(content, field.name) === undefined,
  );
  // Not by assignment: a field may be called __proto__.
  return Object.fromEntries([
    ...Object.entries(content),
    ...suggested.map((field) => [field.name, field.default]),
  ]);
}

/**
 * What is wrong with an answer: each field as `content.NAME`, and what was expected of it, in words for people.
 * Empty when the answer fits. A field that is not required may be absent.
 */
export function checkContent(schema: unknown, content: Json = {}): readonly FieldError[] {
  const wrong = fieldsOf(schema).flatMap((field) => {
    const value = own(content, field.name);
    if (value === undefined ? !field.required : fits(field, value)) return [];
    return [{ field: `${CONTENT}${field.name}`, expected: expectation(field) }];
  });
  const names = namesIn(schema);
  const unknown = Object.keys(content)
    .filter((name) => !names.has(name))
    .map((name) => ({ field: `${CONTENT}${name}`, expected: 'no such field' }));
  return [...wrong, ...unknown];
}
