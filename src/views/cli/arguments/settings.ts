import { isAbsolute, resolve } from 'node:path';
import { AppError } from '../../../base/errors.ts';
import type { SettingField, SettingValue } from '../../../store/records.ts';

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

/**
 * `name=value` words as settings; a list is given as often as it has values, and `name=` takes a setting out. Folders
 * and files are taken from where the command is run, unless they begin with a variable. What a value has to be is
 * judged by the host.
 * @throws {AppError} `invalid_arguments` for a word without a name, or a value given twice that is no list
 */
export function settingsOf(
  fields: readonly SettingField[],
  words: readonly string[],
  folder: string,
): Record<string, SettingValue | null> {
  const given = words.map((word) => {
    const at = word.indexOf('=');
    if (at <= 0) throw wrong(`Settings are NAME=VALUE, not \`${word}\`.`);
    return { name: word.slice(0, at), text: word.slice(at + 1) };
  });
  const settings = [...Map.groupBy(given, ({ name }) => name)].map(([name, entries]) => {
    const field = fields.find((each) => each.name === name);
    const texts = entries.map(({ text }) => text);
    if (texts.length > 1 && texts.includes('')) throw wrong(`${name} is taken out with \`${name}=\` alone.`);
    if (texts[0] === '') return [name, null];
    const values = texts.map((text) => readText(field, text, folder));
    if (field?.multiple) return [name, values];
    if (values.length > 1) throw wrong(`${name} takes one value, and ${values.length} are given.`);
    return [name, values[0]];
  });
  return Object.fromEntries(settings);
}

function readText(field: SettingField | undefined, text: string, folder: string): string | number | boolean {
  switch (field?.type) {
    case 'boolean':
      return WORDS[text.toLowerCase()] ?? text;
    case 'number':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'directory':
    case 'file':
      return isAbsolute(text) || /^\$\{/.test(text) ? text : resolve(folder, text);
    default:
      return text;
  }
}

const wrong = (words: string): AppError => new AppError('invalid_arguments', words);
