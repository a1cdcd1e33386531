import { AppError } from '../base/errors.ts';
import type { Store } from '../store/ports.ts';

/**
 * Opens the database that the environment names: PostgreSQL with `DATABASE_URL`, otherwise SQLite in the data
 * folder. Only the one that is used is loaded.
 * @throws {AppError} `invalid_request`, `host_running`, `store_*`
 */
export async function openStore(file: string, env: NodeJS.ProcessEnv): Promise<Store> {
  const url = env.DATABASE_URL;
  if (url === undefined || url === '') {
    const { openSqliteStore } = await import('../store/sqlite/open-sqlite-store.ts');
    return openSqliteStore({ file });
  }
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new AppError(
      'invalid_request',
      'DATABASE_URL must begin with postgres:// or be absent (then SQLite is used).',
      {
        fields: [{ field: 'DATABASE_URL', expected: 'postgres://…' }],
      },
    );
  const { openPostgresStore } = await import('../store/postgres/open-postgres-store.ts');
  const { lockDatabase } = await import('../store/postgres/lock-database.ts');
  const unlock = await lockDatabase(url);
  try {
    const store = await openPostgresStore({ url });
    return { ...store, close: () => store.close().finally(unlock) };
  } catch (error) {
    await unlock();
    throw error;
  }
}
