import { asText } from '../as-text.ts';
import { fieldAt, namesIn } from '../field-at.ts';
import { hasPlaceholders, readTemplate } from './read-template.ts';
import { ShellText } from './shell-text.ts';
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
 * @param shellFields top-level fields that are command lines of a shell: there a value is written so that it stays data
 * @returns the value, or what cannot be filled in and what there is
 */
export function fillTemplate(
  template: unknown,
  scope: TemplateScope,
  { shellFields = [] }: { readonly shellFields?: readonly string[] } = {},
): Filled {
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

  /** A command line: values are quoted as the place where they stand needs it. */
  function fillShell(text: string): string {
    const read = readTemplate(text);
    if (!read.ok) throw new Unfillable(read.problem);
    const line = new ShellText();
    for (const piece of read.pieces) {
      if ('text' in piece) line.literal(piece.text);
      else line.value(asText(lookUp(piece.path)));
    }
    if ('problem' in line.result) throw new Unfillable(line.result.problem);
    return line.result.text;
  }

  function fillFields(fields: Readonly<Record<string, unknown>>): unknown {
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        const isLine = shellFields.includes(name) && typeof value === 'string' && hasPlaceholders(value);
        return [name, isLine ? fillShell(value) : fill(value, 1)];
      }),
    );
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
    const isObject = typeof template === 'object' && template !== null && !Array.isArray(template);
    const fields = template as Readonly<Record<string, unknown>>;
    return { ok: true, value: isObject ? fillFields(fields) : fill(template, 0) };
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
