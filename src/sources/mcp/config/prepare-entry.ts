import type { ServerEntry } from '../../server-entry.ts';
import { makeFolder, readSettings } from '../settings/read-settings.ts';
import { checkEntry } from './check-entry.ts';
import { type Environment, expandEntry } from './expand.ts';

/**
 * An entry as it is started: its variables filled in, all of it checked, its settings behind its arguments. Folders
 * that its settings name and that are missing within the data folder are made.
 * @throws {AppError} `config_invalid`, naming the field and what was expected
 */
export function prepareEntry(entry: ServerEntry, env: Environment): ServerEntry {
  const expanded = expandEntry(entry, env);
  checkEntry(expanded);
  const { args, missing } = readSettings(entry, env);
  for (const folder of missing) makeFolder(folder);
  return args.length === 0 ? expanded : { ...expanded, args: [...(expanded.args ?? []), ...args] };
}
