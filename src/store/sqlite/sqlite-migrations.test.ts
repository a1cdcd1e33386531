import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrationsContract } from '../contract/migrations.contract.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/all.ts';
import { dumpSqliteSchema } from './dump-schema.fixture.ts';
import { connect } from './open-sqlite-store.ts';
import { sqliteDatabase } from './sqlite-database.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { sqlitePlace } from './sqlite-place.fixture.ts';

const DUMP = new URL('schema.sql', import.meta.url);

describe('SQLite', () => {
  migrationsContract(async () => {
    const place = await sqlitePlace();
    return {
      place,
      dialect: sqliteDialect,
      connect: async () => sqliteDatabase(connect(place.file), place.file),
    };
  });

  it('has the schema of schema.sql, which is made anew with UPDATE_SCHEMA=1', async () => {
    const place = await sqlitePlace();
    const connection = connect(place.file);
    await migrate(sqliteDatabase(connection, place.file), sqliteDialect);
    const dump = dumpSqliteSchema(connection);
    connection.close();
    if (process.env.UPDATE_SCHEMA) await writeFile(DUMP, dump);
    expect(dump).toBe(await readFile(DUMP, 'utf8'));
    await place.remove();
  });

  it('two that open a new file at once both get it', async () => {
    const place = await sqlitePlace();
    const stores = await Promise.all([place.open(), place.open()]);
    for (const store of stores) await store.close();
    const connection = new DatabaseSync(place.file);
    const noted = connection.prepare('select number from meanwhile_migrations order by number').all();
    expect(noted.map(({ number }) => number)).toEqual(MIGRATIONS.map(({ number }) => number));
    connection.close();
    await place.remove();
  });
});
