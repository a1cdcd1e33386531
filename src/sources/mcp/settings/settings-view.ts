import { AppError } from '../../../base/errors.ts';
import type { ServerView, SettingField, SettingValue } from '../../../store/records.ts';
import type { ServerEntry } from '../../server-entry.ts';
import { type Environment, expandText } from '../config/expand.ts';
import { fillInShown } from '../connection/target.ts';
import { LIST, TEXT_CHARS } from './check-settings.ts';
import { readManifest } from './manifest.ts';

/** What is shown of a server whose entry names a manifest. What the entry says itself comes first. */
export function describeByManifest(
  { meanwhile = {} }: ServerEntry,
  env: Environment,
): Pick<ServerView, 'title' | 'description' | 'settings'> {
  const { manifest: path, settings = {}, title, description } = meanwhile;
  if (path === undefined) return { title, description };
  try {
    const manifest = readManifest(expandText(path, 'meanwhile.manifest', env));
    const fields = manifest.fields.map((field) => ({ ...field, ...shown(settings[field.name], env) }));
    const { secrets } = manifest;
    return {
      title: title ?? manifest.title,
      description: description ?? manifest.description,
      settings: { fields, ...(secrets.length > 0 && { secrets }) },
    };
  } catch (error) {
    const problem = error instanceof AppError ? error.detail : String(error);
    return { title, description, settings: { fields: [], problem } };
  }
}

function shown(value: unknown, env: Environment): Pick<SettingField, 'value' | 'expanded'> {
  if (!isSettingValue(value)) return {};
  const expanded = fillIn(value, env);
  return { value, ...(String(expanded) === String(value) ? {} : { expanded }) };
}

function fillIn(value: SettingValue, env: Environment): SettingValue {
  if (typeof value === 'string') return fillInShown(value, env);
  return typeof value === 'object' ? value.map((one) => fillInShown(one, env)) : value;
}

/** What is none could not be started with either, and is not shown. */
const isSettingValue = (value: unknown): value is SettingValue =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  isText(value) ||
  (Array.isArray(value) && value.length <= LIST && value.every(isText));

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= TEXT_CHARS;
