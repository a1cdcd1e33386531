import { isAbsolute, relative, resolve } from 'node:path';
import type { FieldError } from '../../../base/errors.ts';
import type { SettingField } from '../../../store/records.ts';
import type { Manifest } from './manifest.ts';

/** What a list, and a text, may hold at most. */
export const LIST = 100;
export const TEXT_CHARS = 4_000;

/** What settings are looked at against. */
export interface Surroundings {
  /** What is at a path, links followed. */
  kindOf(path: string): 'folder' | 'file' | 'other' | undefined;
  /** Folders in here may be missing: they are made. */
  readonly dataFolder: string | undefined;
}

/** What is wrong with settings, and which folders have to be made before they are right. */
export interface CheckedSettings {
  readonly errors: readonly FieldError[];
  readonly missing: readonly string[];
}

export const settingPath = (name: string, at?: number): string =>
  `meanwhile.settings.${name}${at === undefined ? '' : `[${at}]`}`;

/**
 * Checks settings against the manifest that describes them.
 * @param settings expanded: no `${VAR}` left
 */
export function checkSettings(
  { fields, secrets }: Pick<Manifest, 'fields' | 'secrets'>,
  settings: Readonly<Record<string, unknown>>,
  around: Surroundings,
): CheckedSettings {
  const missing: string[] = [];
  const errors: FieldError[] = [];
  const known = new Set(fields.map(({ name }) => name));
  for (const name of Object.keys(settings))
    if (!known.has(name)) errors.push({ field: settingPath(name), expected: noSuch(name, fields, secrets) });
  for (const field of fields) {
    const value = settings[field.name];
    if (value === undefined) {
      if (field.required && field.default === undefined)
        errors.push({
          field: settingPath(field.name),
          expected: `a value: it is needed (${KINDS[field.type]})`,
        });
      continue;
    }
    for (const [at, one] of entriesOf(field, value)) {
      const expected = expectedOf(field, one, around);
      if (expected !== undefined) errors.push({ field: settingPath(field.name, at), expected });
      else if (field.type === 'directory' && around.kindOf(one as string) === undefined)
        missing.push(one as string);
    }
    const list = listExpectation(field, value);
    if (list !== undefined) errors.push({ field: settingPath(field.name), expected: list });
  }
  return { errors, missing };
}

const KINDS: Readonly<Record<SettingField['type'], string>> = {
  directory: 'a folder',
  file: 'a file',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

function noSuch(name: string, fields: readonly SettingField[], secrets: readonly string[]): string {
  if (secrets.includes(name)) return 'no value here: it is secret, and given through env';
  const names = fields.map((field) => field.name).join(', ');
  return `no such setting; ${names === '' ? 'there are none' : `there are: ${names}`}`;
}

function entriesOf(field: SettingField, value: unknown): (readonly [number | undefined, unknown])[] {
  if (!field.multiple) return [[undefined, value]];
  return Array.isArray(value) ? value.map((one, at) => [at, one] as const) : [];
}

function listExpectation({ multiple, required, type }: SettingField, value: unknown): string | undefined {
  if (!multiple) return undefined;
  if (!Array.isArray(value)) return `a list, each ${KINDS[type]}`;
  if (value.length > LIST) return `at most ${LIST} values`;
  return required && value.length === 0 ? `at least one: each ${KINDS[type]}` : undefined;
}

function expectedOf(field: SettingField, value: unknown, around: Surroundings): string | undefined {
  const { type, min, max, whole, options } = field;
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : KINDS.boolean;
  if (type === 'number') {
    const fits =
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (!whole || Number.isSafeInteger(value)) &&
      value >= (min ?? value) &&
      value <= (max ?? value);
    return fits ? undefined : `${whole ? 'a whole number' : 'a number'}${rangeWords(min, max)}`;
  }
  if (typeof value !== 'string' || value.length > TEXT_CHARS || value.includes('\0') || value === '')
    return `${KINDS[type]}, not empty, at most ${TEXT_CHARS} characters`;
  if (type === 'string')
    return options === undefined || options.includes(value) ? undefined : `one of: ${options.join(', ')}`;
  return pathExpectation(type, value, around);
}

function rangeWords(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` from ${min}`;
  return max === undefined ? '' : ` up to ${max}`;
}

function pathExpectation(type: 'directory' | 'file', path: string, around: Surroundings): string | undefined {
  if (!isAbsolute(path)) return `an absolute path of ${KINDS[type]}`;
  const kind = around.kindOf(path);
  if (type === 'file') return kind === 'file' ? undefined : 'a file that exists';
  if (kind === 'folder') return undefined;
  if (kind !== undefined) return 'a folder; there is something else at this path';
  return isWithin(around.dataFolder, path) ? undefined : 'a folder that exists';
}

function isWithin(folder: string | undefined, path: string): boolean {
  if (folder === undefined) return false;
  const way = relative(resolve(folder), resolve(path));
  return way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}
