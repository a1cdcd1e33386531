import type { ChoicesField, Field, Format, NumberField, Option, TextField } from './field.ts';

/** Choices that are named in a sentence. */
const NAMED = 12;
const PATTERN_SHOWN = 80;

/** What a field wants, to follow the word "expected": "a whole number from 1 to 10". */
export function expectation(field: Field): string {
  switch (field.kind) {
    case 'text':
      return textWanted(field);
    case 'number':
      return `${field.whole ? 'a whole number' : 'a number'}${rangeOf(field)}`;
    case 'boolean':
      return 'yes or no';
    case 'choice':
      return `one of ${named(field.options)}`;
    case 'choices':
      return `${countWanted(field)} of ${named(field.options)}`;
    case 'json':
      return 'JSON or text';
  }
}

const FORMAT_WANTED: Readonly<Record<Format, string>> = {
  email: 'an e-mail address, such as name@example.org',
  uri: 'a whole address, such as https://example.org',
  date: 'a date, such as 2026-03-31',
  'date-time': 'a date and time with its zone, such as 2026-03-31T12:00:00Z',
};

function textWanted({ format, minLength = 0, maxLength, pattern }: TextField): string {
  const what = format === undefined ? 'text' : FORMAT_WANTED[format];
  const shown =
    pattern === undefined
      ? ''
      : ` that fits ${pattern.length > PATTERN_SHOWN ? 'the pattern of the server' : pattern}`;
  return `${what}${lengthWanted(minLength, maxLength)}${shown}`;
}

function lengthWanted(least: number, most: number | undefined): string {
  if (least > 0 && most !== undefined)
    return least === most ? ` of ${characters(least)}` : ` of ${least} to ${characters(most)}`;
  if (least > 0) return ` of at least ${characters(least)}`;
  return most === undefined ? '' : ` of at most ${characters(most)}`;
}

const characters = (count: number): string => `${count} character${count === 1 ? '' : 's'}`;

function rangeOf({ minimum, maximum }: NumberField): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}

function countWanted({ minItems = 0, maxItems }: ChoicesField): string {
  if (minItems > 0 && maxItems !== undefined)
    return minItems === maxItems ? `${minItems}` : `${minItems} to ${maxItems}`;
  if (minItems > 0) return `at least ${minItems}`;
  return maxItems === undefined ? 'any' : `at most ${maxItems}`;
}

function named(options: readonly Option[]): string {
  const words = options
    .slice(0, NAMED)
    .map(({ value, label }) => (label === '(empty)' ? label : String(value)));
  return `${words.join(', ')}${options.length > NAMED ? ` and ${options.length - NAMED} more` : ''}`;
}
