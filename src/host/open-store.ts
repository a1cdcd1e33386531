import { AppError } from '../base/errors.ts';
import type { Store } from '../store/ports.ts';
import type { DataFiles } from './folder.ts';
import { hostIdentity } from './host-identity.ts';

/**
 * Opens the database that the environment names: PostgreSQL with `DATABASE_URL`, which several hosts may share,
 * otherwise SQLite in the data folder. Only the one that is used is loaded.
 * @throws {AppError} `invalid_request`, `host_running`, `config_invalid`, `store_*`
 */
export async function openStore(files: DataFiles, env: NodeJS.ProcessEnv): Promise<Store> {
  const url = databaseUrl(env);
  if (url === undefined) {
    const { openSqliteStore } = await import('../store/sqlite/open-sqlite-store.ts');
    return openSqliteStore({ file: files.database });
  }
  const { openPostgresStore } = await import('../store/postgres/open-postgres-store.ts');
  return openPostgresStore({ url, host: hostIdentity(files.identity, files.folder) });
}

/** The address of PostgreSQL, where it is used. @throws {AppError} `invalid_request` */
export function databaseUrl({ DATABASE_URL: url }: NodeJS.ProcessEnv): string | undefined {
  if (url === undefined || url === '') return undefined;
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new AppError(
    'invalid_request',
    'DATABASE_URL must begin with postgres:// or be absent (then SQLite is used).',
    { fields: [{ field: 'DATABASE_URL', expected: 'postgres://…' }] },
  );
}
