import { AppError } from '../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../base/field-errors.ts';
import type { ServerView } from '../../store/records.ts';
import { type ServerEntry, ServerEntrySchema } from '../server-entry.ts';
import type { ServerDirectory } from '../source.ts';
import type { FollowedWork } from './calls/followed-work.ts';
import type { ConfigFile } from './config/config-file.ts';
import type { Environment } from './config/expand.ts';
import type { ServerConnection } from './connection/server-connection.ts';
import {
  type ChangedSettings,
  changedSettings,
  checkEndsNamed,
  endedBySettings,
} from './settings/change-settings.ts';

/** Changes of `mcp.json`: checked as a whole, written, and made true before they settle. */
export function serverEdits(parts: {
  file: ConfigFile;
  env: Environment;
  has: (name: string) => boolean;
  find: (name: string) => ServerConnection;
  viewOf: (name: string) => ServerView;
  reload: () => Promise<void>;
  workOn: (name: string) => readonly FollowedWork[];
}): Pick<ServerDirectory, 'add' | 'change' | 'remove'> {
  const { file, env, has, find, viewOf, reload, workOn } = parts;
  let editing: Promise<unknown> = Promise.resolve();

  /** Each change begins with what the one before it has left. */
  function inTurn<T>(edit: () => Promise<T>): Promise<T> {
    const done = editing.then(edit);
    editing = done.catch(() => {});
    return done;
  }

  const edits: Pick<ServerDirectory, 'add' | 'change' | 'remove'> = {
    async add(name, entry) {
      if (has(name)) throw new AppError('server_exists', `There is a server “${name}” already.`);
      const checked = check(entry);
      const { settings } = changedSettings({}, checked, env);
      await file.write(name, withSettings(checked, checked.meanwhile, settings));
      await reload();
      return viewOf(name);
    },
    async change(name, { alsoEnds = [], ...change }) {
      const { configured, enabled } = find(name);
      const before = 'entry' in configured ? configured.entry : {};
      const { settings, isOther } = changedSettings(before, change, env);
      const meanwhile = { ...before.meanwhile, ...change.meanwhile };
      const after = check(withSettings({ ...before, ...change }, meanwhile, settings));
      const ending = isOther && enabled ? workOn(name) : [];
      checkEndsNamed(viewOf(name), ending, alsoEnds);
      await file.write(name, after);
      for (const work of ending) work.endAs(endedBySettings(viewOf(name)));
      await reload();
      return viewOf(name);
    },
    async remove(name) {
      find(name);
      await file.write(name, undefined);
      await reload();
    },
  };

  return {
    add: (name, entry) => inTurn(() => edits.add(name, entry)),
    change: (name, change) => inTurn(() => edits.change(name, change)),
    remove: (name) => inTurn(() => edits.remove(name)),
  };
}

/** @throws {AppError} `invalid_request` */
function check(entry: ServerEntry): ServerEntry {
  const checked = ServerEntrySchema.safeParse(entry);
  if (checked.success) return checked.data;
  const fields = fieldErrors(checked.error);
  throw new AppError('invalid_request', inOneSentence(fields), { fields });
}

function withSettings(
  entry: ServerEntry,
  { settings: _, ...meanwhile }: NonNullable<ServerEntry['meanwhile']> = {},
  settings: ChangedSettings['settings'],
): ServerEntry {
  const ours = { ...meanwhile, ...(settings !== undefined && { settings }) };
  return { ...entry, ...(Object.keys(ours).length > 0 && { meanwhile: ours }) };
}
