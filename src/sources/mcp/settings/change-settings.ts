import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../base/errors.ts';
import type { ServerView } from '../../../store/records.ts';
import type { Ending } from '../../../task/report.ts';
import type { ServerEntry } from '../../server-entry.ts';
import type { FollowedWork } from '../calls/followed-work.ts';
import type { Environment } from '../config/expand.ts';
import { readSettings } from './read-settings.ts';

/** What a change makes of settings. */
export interface ChangedSettings {
  /** The settings after the change; left out where the entry has none. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Whether the server would be started in another way. */
  readonly isOther: boolean;
}

/**
 * The settings of an entry after a change: each that is named is replaced, and taken out with null. What changes is
 * checked.
 * @throws {AppError} `invalid_request`, naming each setting that is wrong and what was expected
 */
export function changedSettings(
  before: ServerEntry,
  { meanwhile: change = {} }: ServerEntry,
  env: Environment,
): ChangedSettings {
  const { manifest: oldManifest, settings: old } = before.meanwhile ?? {};
  if (change.settings === undefined && change.manifest === undefined)
    return { settings: old, isOther: false };
  const manifest = change.manifest ?? oldManifest;
  const merged = Object.entries({ ...old, ...change.settings }).filter(([, value]) => value !== null);
  const settings = Object.fromEntries(merged);
  if (isDeepStrictEqual(settings, old ?? {}) && manifest === oldManifest)
    return { settings: old, isOther: false };
  try {
    readSettings({ meanwhile: { manifest, settings } }, env);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError('invalid_request', error.detail, { fields: error.fields, cause: error });
  }
  return { settings, isOther: true };
}

/**
 * New settings start a server anew, which ends its work: it must have been named, so that nobody ends what they have
 * not seen.
 * @throws {AppError} `would_end_others`, naming it
 */
export function checkEndsNamed(
  view: ServerView,
  works: readonly FollowedWork[],
  alsoEnds: readonly string[],
): void {
  if (works.every(({ id }) => alsoEnds.includes(id))) return;
  throw new AppError(
    'would_end_others',
    `New settings start “${view.title ?? view.name}” anew, which would end ${works.map(({ title }) => `“${title}”`).join(', ')}.`,
    { others: works.map(({ id, title }) => ({ id, title })) },
  );
}

/** The end of work whose server was started anew with other settings. */
export const endedBySettings = ({ name, title = name }: ServerView): Ending => ({
  status: 'failed',
  failure: {
    reason: 'server_exited',
    message: `“${title}” was started anew with other settings, which ended this.`,
  },
});
