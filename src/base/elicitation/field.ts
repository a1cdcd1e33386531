/*
 * What a server may ask for in a form (MCP 2025-11-25 and 2026-07-28, "Elicitation": a flat object of primitives),
 * as a list of fields. The schema is the server's: it may be broken or hostile, so everything here has a limit.
 */

/** Fields that are shown; where there are more, required ones come first. */
export const FIELDS_MAX = 200;
/** Choices of one field. */
export const OPTIONS_MAX = 2_000;
/** Characters of a title, and of a description. */
export const LABEL_CHARS = 200;
export const DESCRIPTION_CHARS = 2_000;

export const FORMATS = ['email', 'uri', 'date', 'date-time'] as const;
export type Format = (typeof FORMATS)[number];

export interface Option {
  readonly value: string | number | boolean;
  /** What is shown for it. */
  readonly label: string;
}

interface Common {
  /** The key in the content of the answer. */
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly required: boolean;
  /** What the server suggests; only where it fits the field itself. */
  readonly default?: unknown;
}

export interface TextField extends Common {
  readonly kind: 'text';
  readonly format?: Format;
  /** In characters (code points). */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}
export interface NumberField extends Common {
  readonly kind: 'number';
  readonly whole: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}
export interface BooleanField extends Common {
  readonly kind: 'boolean';
}
/** One of several. */
export interface ChoiceField extends Common {
  readonly kind: 'choice';
  readonly options: readonly Option[];
}
/** Any number of several, as a list. */
export interface ChoicesField extends Common {
  readonly kind: 'choices';
  readonly options: readonly Option[];
  readonly minItems?: number;
  readonly maxItems?: number;
}
/** A kind that we do not know: answered with JSON, or with text. */
export interface JsonField extends Common {
  readonly kind: 'json';
}

export type Field = TextField | NumberField | BooleanField | ChoiceField | ChoicesField | JsonField;
