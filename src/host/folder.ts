import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../base/errors.ts';

/** The files of one data folder. */
export interface DataFiles {
  readonly folder: string;
  readonly database: string;
  readonly config: string;
  /** The models of the assistant, with their keys. */
  readonly models: string;
  readonly token: string;
  /** Credentials of servers that were signed in to. */
  readonly oauth: string;
  /** Where the running host is found. */
  readonly host: string;
  readonly lock: string;
  /** Who this host is among others on one database. */
  readonly identity: string;
  readonly backups: string;
  /** What servers may work in from the start. */
  readonly workspace: string;
}

/**
 * Makes the data folder where it does not exist; only its owner may look inside.
 * @throws {AppError} `store_read_only`
 */
export function openDataFolder(folder: string): DataFiles {
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) chmodSync(folder, 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new AppError(
      'store_read_only',
      `The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). Make it writable, or name another one with MEANWHILE_HOME.`,
      { cause: error },
    );
  }
  return {
    folder,
    database: join(folder, 'meanwhile.db'),
    config: join(folder, 'mcp.json'),
    models: join(folder, 'models.json'),
    token: join(folder, 'token'),
    oauth: join(folder, 'oauth'),
    host: join(folder, 'host.json'),
    lock: join(folder, 'host.lock'),
    identity: join(folder, 'host-id'),
    backups: join(folder, 'backups'),
    workspace: join(folder, 'workspace'),
  };
}
