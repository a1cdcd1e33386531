import { CONTENT } from '../../../base/elicitation/content.ts';
import type { Field } from '../../../base/elicitation/field.ts';
import { readTyped, typedText } from '../../../base/elicitation/read-typed.ts';

/* What stands in the fields of a form, and what it means as an answer. Pure. */

/** As the inputs hold it: text; for choices the places of those chosen; for a checkbox whether it is checked. */
export type Entry = string | boolean | readonly string[];
/** By the name of the field; a map, because a field may be called anything. */
export type Entries = ReadonlyMap<string, Entry>;

/** What a form begins with: what the server suggests, where it does. */
export const firstEntries = (fields: readonly Field[]): Entries =>
  new Map(fields.map((field) => [field.name, firstEntry(field)]));

function firstEntry(field: Field): Entry {
  const suggested = field.default;
  switch (field.kind) {
    case 'boolean':
      return suggested === true;
    case 'choice': {
      const at = field.options.findIndex(({ value }) => value === suggested);
      return at < 0 ? '' : String(at);
    }
    case 'choices':
      return field.options.flatMap(({ value }, at) =>
        Array.isArray(suggested) && suggested.includes(value) ? [String(at)] : [],
      );
    case 'text':
      if (field.format === 'date-time' && typeof suggested === 'string') return localMoment(suggested);
      return typedText(field, suggested);
    default:
      return typedText(field, suggested);
  }
}

/** The content of the answer. What is empty is left out, so that a required field is missed by its check. */
export function contentOf(fields: readonly Field[], entries: Entries): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = answerOf(field, entries.get(field.name));
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

function answerOf(field: Field, entry: Entry | undefined): unknown {
  switch (field.kind) {
    case 'boolean':
      return entry === true;
    case 'choice':
      return entry === '' ? undefined : field.options[Number(entry)]?.value;
    case 'choices': {
      const chosen = Array.isArray(entry) ? entry : [];
      const values = field.options.filter((_, at) => chosen.includes(String(at))).map(({ value }) => value);
      return values.length === 0 && !field.required && field.default === undefined ? undefined : values;
    }
    default: {
      const text = typeof entry === 'string' ? entry : '';
      // A suggestion that was taken out is answered with nothing, or the server would put it in again.
      if (text.trim() === '')
        return field.kind === 'text' && field.default !== undefined && !field.required && takesNothing(field)
          ? ''
          : undefined;
      if (field.kind === 'text' && field.format === 'date-time') return moment(text);
      // What cannot be read is sent as it is, so that its check names the field.
      return readTyped(field, text) ?? text;
    }
  }
}

const takesNothing = (field: Extract<Field, { kind: 'text' }>): boolean =>
  field.format === undefined && field.pattern === undefined && (field.minLength ?? 0) === 0;

/** `2026-03-31T14:00` by this browser's clock as a moment with its zone. */
function moment(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A moment as an input for local time takes it. */
function localMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const seconds = date.getSeconds() === 0 ? '' : `:${two(date.getSeconds())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}${seconds}`;
}

export interface PlacedErrors {
  readonly fields: ReadonlyMap<string, string>;
  /** Those that belong to no field of the form, as sentences. */
  readonly rest: readonly string[];
}

/** Errors of ours and of the host at the fields they are about. */
export function placeErrors(
  errors: readonly { readonly field: string; readonly expected: string }[],
  fields: readonly Field[],
): PlacedErrors {
  const names = new Set(fields.map(({ name }) => `${CONTENT}${name}`));
  const placed = errors.filter(({ field }) => names.has(field));
  return {
    fields: new Map(
      placed.map(({ field, expected }) => [field.slice(CONTENT.length), `Expected ${expected}.`]),
    ),
    rest: errors
      .filter(({ field }) => !names.has(field))
      .map(({ field, expected }) => `${field.replace(CONTENT, '')}: expected ${expected}.`),
  };
}
