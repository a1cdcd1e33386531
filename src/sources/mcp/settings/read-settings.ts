import { mkdirSync, statSync } from 'node:fs';
import { AppError } from '../../../base/errors.ts';
import { inOneSentence } from '../../../base/field-errors.ts';
import type { ServerEntry } from '../../server-entry.ts';
import { type Environment, expandText } from '../config/expand.ts';
import { checkSettings, type Surroundings, settingPath } from './check-settings.ts';
import { readManifest } from './manifest.ts';
import { settingArguments } from './setting-arguments.ts';

/** What the settings of an entry come to. */
export interface ReadSettings {
  /** To be put behind the arguments of the entry. */
  readonly args: readonly string[];
  /** Folders within the data folder that are to be made before the server is started. */
  readonly missing: readonly string[];
}

/** @throws {AppError} `config_invalid`, naming each setting that is wrong and what was expected */
export function readSettings({ meanwhile = {} }: ServerEntry, env: Environment): ReadSettings {
  const { manifest: path, settings = {} } = meanwhile;
  if (path === undefined) return { args: [], missing: [] };
  const manifest = readManifest(expandText(path, 'meanwhile.manifest', env));
  const expanded = expandSettings(settings, env);
  const { errors, missing } = checkSettings(manifest, expanded, surroundings(env));
  if (errors.length > 0) throw new AppError('config_invalid', inOneSentence(errors), { fields: errors });
  return { args: settingArguments(manifest.fields, expanded), missing };
}

function expandSettings(settings: Readonly<Record<string, unknown>>, env: Environment) {
  const expand = (value: unknown, field: string) =>
    typeof value === 'string' ? expandText(value, field, env) : value;
  const entries = Object.entries(settings).map(([name, value]) => [
    name,
    Array.isArray(value)
      ? value.map((one, at) => expand(one, settingPath(name, at)))
      : expand(value, settingPath(name)),
  ]);
  return Object.fromEntries(entries);
}

const surroundings = (env: Environment): Surroundings => ({
  dataFolder: env.MEANWHILE_DATA,
  kindOf(path) {
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) return undefined;
      return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
    } catch {
      return 'other'; // not to be looked at, or below a file
    }
  },
});

/** @throws {AppError} `config_invalid` */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError('config_invalid', `The folder ${folder} cannot be made: ${(error as Error).message}.`);
  }
}
