import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { migrationsContract } from '../contract/migrations.contract.ts';
import { dumpPostgresSchema } from './dump-schema.fixture.ts';
import { connect } from './open-postgres-store.ts';
import { postgresDatabase } from './postgres-database.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { postgresPlace, SKIP_REASON, TEST_DATABASE_URL } from './postgres-place.fixture.ts';

const DUMP = new URL('schema.sql', import.meta.url);

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'PostgreSQL' : `PostgreSQL ${SKIP_REASON}`, () => {
  migrationsContract(async () => {
    const place = await postgresPlace();
    return { place, dialect: postgresDialect, connect: async () => postgresDatabase(connect(place.url)) };
  });

  it('has the schema of schema.sql, which is made anew with UPDATE_SCHEMA=1', async () => {
    const place = await postgresPlace();
    await (await place.open()).close();
    const pool = connect(place.url);
    const dump = await dumpPostgresSchema(pool);
    await pool.end();
    if (process.env.UPDATE_SCHEMA) await writeFile(DUMP, dump);
    expect(dump).toBe(await readFile(DUMP, 'utf8'));
    await place.remove();
  });

  it('hosts that start at once on an empty database all get it', async () => {
    const place = await postgresPlace();
    const stores = await Promise.all(Array.from({ length: 5 }, () => place.open()));
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
  });
});
