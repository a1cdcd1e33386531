import type { Field, Option } from './field.ts';
import { fits } from './fits.ts';

const YES = ['yes', 'y', 'true', '1', 'on'];
const NO = ['no', 'n', 'false', '0', 'off'];

/**
 * What was typed as the value of a field. Choices are named by value or label, several with commas; unknown kinds
 * are JSON where it parses, else text.
 * @returns undefined where it cannot be read; what is read may still not fit (`fits`)
 */
export function readTyped(field: Field, text: string): unknown {
  const word = text.trim();
  switch (field.kind) {
    case 'text':
      return field.format === undefined ? text : word;
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined;
    case 'boolean':
      if (YES.includes(word.toLowerCase())) return true;
      return NO.includes(word.toLowerCase()) ? false : undefined;
    case 'choice':
      return findOption(field.options, word)?.value;
    case 'choices': {
      const json = parse(word);
      if (Array.isArray(json)) return json;
      const whole = findOption(field.options, word);
      if (whole !== undefined) return [whole.value];
      const words = word === '' ? [] : word.split(',').map((each) => each.trim());
      const found = words.map((each) => findOption(field.options, each)?.value);
      return found.includes(undefined) ? undefined : [...new Set(found)];
    }
    case 'json':
      return parse(word) ?? text;
  }
}

/** How a value is typed: what `readTyped` reads as the same value. */
export function typedText(field: Field, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field.kind === 'choices' && Array.isArray(value) && fits(field, value)) return value.join(', ');
  try {
    return JSON.stringify(value);
  } catch {
    return ''; // nested deeper than can be written
  }
}

function findOption(options: readonly Option[], word: string): Option | undefined {
  return (
    options.find(({ value }) => String(value) === word) ??
    options.find(({ label }) => label.toLowerCase() === word.toLowerCase())
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
