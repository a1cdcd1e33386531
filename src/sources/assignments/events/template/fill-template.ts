import { asText } from '../as-text.ts';
import { fieldAt, namesIn } from '../field-at.ts';
import { hasPlaceholders, readTemplate } from './read-template.ts';
import type { TemplateScope } from './template-scope.ts';

/** All that is filled in, together. */
const MOST_CHARS = 1024 * 1024;
const DEPTH = 50;

export type Filled =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

class Unfillable extends Error {}

/**
 * Fills in the placeholders of a text, or of all texts in the arguments of a call. A text that is one placeholder
 * becomes its value, with its type; within a longer text it is written as text, objects as JSON. What was filled in is
 * not looked through for placeholders. Nothing is run, and only own properties are reached.
 * @returns the value, or what cannot be filled in and what there is
 */
export function fillTemplate(template: unknown, scope: TemplateScope): Filled {
  let left = MOST_CHARS;

  function spend(value: unknown): void {
    left -= asText(value).length;
    if (left < 0) throw new Unfillable(`What is filled in is larger than ${MOST_CHARS} characters in all.`);
  }

  function fill(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return hasPlaceholders(value) ? fillText(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEPTH) throw new Unfillable(`The arguments are nested deeper than ${DEPTH}.`);
    if (Array.isArray(value)) return value.map((entry) => fill(entry, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, depth + 1)]));
  }

  function fillText(text: string): unknown {
    const read = readTemplate(text);
    if (!read.ok) throw new Unfillable(read.problem);
    const values = read.pieces.map((piece) => ('text' in piece ? piece.text : lookUp(piece.path)));
    const [only] = read.pieces;
    if (read.pieces.length === 1 && only !== undefined && 'path' in only) return values[0];
    return values.map(asText).join('');
  }

  function lookUp(path: string): unknown {
    const value = fieldAt(scope, path);
    if (value === undefined) throw new Unfillable(unknownName(path, scope));
    if (typeof value === 'object' && asText(value) === '')
      throw new Unfillable(`{{${path}}}: what stands there is nested too deeply to be filled in.`);
    spend(value);
    return value;
  }

  try {
    return { ok: true, value: fill(template, 0) };
  } catch (error) {
    if (error instanceof Unfillable) return { ok: false, problem: error.message };
    throw error;
  }
}

/** Says how far a path leads, and what there is instead. */
function unknownName(path: string, scope: TemplateScope): string {
  const names = path.split('.');
  let known = names.length - 1;
  while (known > 0 && fieldAt(scope, names.slice(0, known).join('.')) === undefined) known--;
  const where = names.slice(0, known).join('.');
  const there = namesIn(fieldAt(scope, where));
  return `{{${path}}}: there is no ${names[known] ?? path}${where === '' ? '' : ` in ${where}`}; there is: ${there}`;
}
