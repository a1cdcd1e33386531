import type { SettingField, SettingValue } from '../../data/types.ts';

/* Settings as they are typed, and what that changes. Pure; what a value has to be is judged by the host. */

/** One value of a list as it is typed. */
export interface Row {
  readonly key: number;
  readonly text: string;
  /** Chosen from what is suggested, rather than typed. */
  readonly isChosen?: true;
}

/** A text for whatever is one value (empty: not set), rows for a list, and a truth value. */
export type DraftEntry = string | boolean | readonly Row[];
export type Draft = Readonly<Record<string, DraftEntry>>;

export const draftOf = (fields: readonly SettingField[]): Draft =>
  Object.fromEntries(fields.map((field) => [field.name, entryOf(field)]));

function entryOf({ type, multiple, required, suggestions = [], value }: SettingField): DraftEntry {
  if (type === 'boolean') return value === true;
  if (!multiple) return value === undefined ? '' : String(value);
  const texts = typeof value === 'object' ? value : [];
  // What is needed begins with a place to write it to.
  const shown = texts.length === 0 && required && suggestions.length === 0 ? [''] : texts;
  return shown.map((text, key) => ({
    key,
    text,
    ...(suggestions.includes(text) && { isChosen: true as const }),
  }));
}

/** A key that no row has yet. */
export const nextKey = (rows: readonly Row[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1;

/** What the draft changes, as the API takes it: null takes a setting out. */
export function changesOf(
  fields: readonly SettingField[],
  draft: Draft,
): Readonly<Record<string, SettingValue | null>> {
  const changes = fields.map((field) => [field.name, changeOf(field, draft[field.name] ?? '')] as const);
  return Object.fromEntries(changes.filter(([, change]) => change !== undefined)) as Record<
    string,
    SettingValue | null
  >;
}

function changeOf({ type, value }: SettingField, entry: DraftEntry): SettingValue | null | undefined {
  if (typeof entry === 'boolean') return entry === (value === true) ? undefined : entry;
  const next = typeof entry === 'string' ? scalar(type, entry) : list(entry);
  if (next === null) return value === undefined ? undefined : null;
  return JSON.stringify(next) === JSON.stringify(value) ? undefined : next;
}

function scalar(type: SettingField['type'], text: string): string | number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return type === 'number' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

function list(rows: readonly Row[]): readonly string[] | null {
  const texts = sent(rows).map(({ text }) => text.trim());
  return texts.length === 0 ? null : texts;
}

/** Empty rows say nothing. */
const sent = (rows: readonly Row[]): readonly Row[] => rows.filter(({ text }) => text.trim() !== '');

/** What is wrong: by the name of a setting, and of a list by the key of its row. */
export interface SettingErrors {
  readonly fields: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, Readonly<Record<number, string>>>>;
  /** What belongs to no field of the form. */
  readonly rest: readonly string[];
}

export const NO_ERRORS: SettingErrors = { fields: {}, rows: {}, rest: [] };

/** Puts what the host found wrong to its fields and rows. */
export function placeSettingErrors(
  found: readonly { field: string; expected: string }[],
  draft: Draft,
): SettingErrors {
  const fields: Record<string, string> = {};
  const rows: Record<string, Record<number, string>> = {};
  const rest: string[] = [];
  for (const { field, expected } of found) {
    const [, name, at] = /^meanwhile\.settings\.(.+?)(?:\[(\d+)\])?$/.exec(field) ?? [];
    const words = `Expected ${expected}.`;
    const entry = name === undefined ? undefined : draft[name];
    const row = typeof entry === 'object' && at !== undefined ? sent(entry)[Number(at)] : undefined;
    if (name === undefined || entry === undefined) rest.push(`${field}: expected ${expected}.`);
    else if (row === undefined) fields[name] = words;
    else rows[name] = { ...rows[name], [row.key]: words };
  }
  return { fields, rows, rest };
}
