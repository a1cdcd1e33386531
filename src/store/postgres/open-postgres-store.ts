import pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { createStore } from '../create-store.ts';
import type { LogCaps } from '../log-caps.ts';
import { migrate } from '../migrate.ts';
import type { Store } from '../ports.ts';
import { postgresDatabase } from './postgres-database.ts';
import { postgresDialect } from './postgres-dialect.ts';

/** One writes, the others read. */
const MAX_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;
const INT8 = 20;

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly log?: LogCaps;
}

/**
 * Opens the store in a PostgreSQL database (15 or newer), and makes or migrates it first where needed.
 * @throws {AppError} `store_foreign`, `store_newer`, `store_read_only`, `store_full`, `store_failed`
 */
export async function openPostgresStore({ url, log }: PostgresStoreOptions): Promise<Store> {
  const database = postgresDatabase(connect(url));
  try {
    await migrate(database, postgresDialect);
    return await createStore(database, postgresDialect, log);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** @throws {AppError} `store_failed` for an address that cannot be read */
export function connect(url: string): pg.Pool {
  if (!URL.canParse(url))
    throw new AppError('store_failed', 'The address must look like postgres://user:password@host:5432/name.');
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'meanwhile',
    types: { getTypeParser },
  });
  // An idle connection that breaks is replaced at the next use; who needs it then learns of what is wrong.
  pool.on('error', () => {});
  return pool;
}

/** Our integers fit into a number; PostgreSQL's int8 would come as text. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text');
