import { DatabaseSync } from 'node:sqlite';
import { createStore } from '../create-store.ts';
import type { LogCaps } from '../log-caps.ts';
import { migrate } from '../migrate.ts';
import type { Store } from '../ports.ts';
import { sqliteDatabase } from './sqlite-database.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { sqliteError } from './sqlite-errors.ts';
import { APPLICATION_ID, checkFile } from './sqlite-file.ts';

/** How long to wait for another program that holds the file, such as a backup. */
const BUSY_TIMEOUT_MS = 5_000;
/** A checkpoint stops everything for some 5 ms, mostly to sync the disk. This many pages are 16 MB of log. */
const CHECKPOINT_PAGES = 4_000;

export interface SqliteStoreOptions {
  /** The folder must exist. */
  readonly file: string;
  readonly log?: LogCaps;
}

/**
 * Opens the store in one file, and makes or migrates it first where needed.
 * @throws {AppError} `store_foreign`, `store_newer`, `store_read_only`, `store_full`, `store_failed`
 */
export async function openSqliteStore({ file, log }: SqliteStoreOptions): Promise<Store> {
  const database = sqliteDatabase(connect(file), file);
  try {
    await migrate(database, sqliteDialect);
    return await createStore(database, sqliteDialect, log);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the file with the settings that all our transactions rely on. */
export function connect(file: string): DatabaseSync {
  let connection: DatabaseSync | undefined;
  try {
    const found = checkFile(file);
    connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    // Before the write-ahead log, so that the mark stands in the file itself.
    if (found === 'new') connection.exec(`pragma application_id = ${APPLICATION_ID}`);
    connection.exec(`pragma journal_mode = wal; pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    return connection;
  } catch (error) {
    connection?.close();
    throw sqliteError(error, file);
  }
}
