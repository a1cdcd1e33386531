import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../base/errors.ts';
import { sampleTask, taskWrite } from '../contract/sample-records.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { postgresError } from './postgres-errors.ts';
import { postgresPlace, SKIP_REASON, TEST_DATABASE_URL } from './postgres-place.fixture.ts';

it('an address that is none is refused without being shown, for it may hold a password', async () => {
  const error = await openPostgresStore({ url: 'my secret' }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'store_failed' });
  expect(String(error)).not.toContain('secret');
});

it.each([
  [{ code: '53100' }, 'store_full'],
  [{ code: '25006' }, 'store_read_only'],
  [{ code: '42501' }, 'store_read_only'],
  [{ code: '23505', constraint: 'messages_task_id' }, 'already_delivered'],
  [{ code: '23505', constraint: 'runs_key' }, 'run_exists'],
  [{ code: '23505', constraint: 'tasks_pkey' }, 'store_failed'],
  [new Error('Connection terminated unexpectedly'), 'store_failed'],
  [new AppError('store_newer', 'x'), 'store_newer'],
])('%o becomes %s', (error, code) => {
  expect(postgresError(error).code).toBe(code);
});

it('a server that does not answer is told in plain words', async () => {
  const url = 'postgres://someone:secret@127.0.0.1:1/none';
  await expect(openPostgresStore({ url })).rejects.toMatchObject({
    code: 'store_failed',
    detail: 'The database server does not answer. Is it running?',
  });
});

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'PostgreSQL' : `PostgreSQL ${SKIP_REASON}`, () => {
  let place: Awaited<ReturnType<typeof postgresPlace>>;
  beforeEach(async () => {
    place = await postgresPlace();
  });
  afterEach(() => place.remove());

  const run = async (statement: string) => {
    const client = new pg.Client(place.url);
    await client.connect();
    const { rows } = await client.query(statement);
    await client.end();
    return rows as unknown[];
  };

  it('a database with tables of others is refused and left as it is', async () => {
    await run('create table notes (id int); insert into notes values (1)');
    await expect(place.open()).rejects.toMatchObject({
      code: 'store_foreign',
      detail: expect.stringContaining('notes'),
    });
    expect(await run("select tablename from pg_tables where schemaname = 'public'")).toEqual([
      { tablename: 'notes' },
    ]);
  });

  it('a database that does not exist is told as such', async () => {
    await expect(openPostgresStore({ url: `${place.url}_missing` })).rejects.toMatchObject({
      code: 'store_failed',
      detail: expect.stringContaining('no such database'),
    });
  });

  it('goes on by itself after the server has cut every connection', async () => {
    const store = await place.open();
    await store.writer.commit([taskWrite(sampleTask())], 'durable');
    await run(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    );
    const task = sampleTask();
    // The first use of a cut connection may fail, and only that.
    await store.writer
      .commit([taskWrite(task)], 'durable')
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'store_failed' }));
    await store.ping().catch(() => undefined);
    await store.writer.commit([taskWrite(task)], 'durable');
    expect(await store.tasks.get(task.id)).toMatchObject(task);
    await store.close();
  });

  it('a read-only server is told as such', async () => {
    const store = await place.open();
    await store.close();
    const name = new URL(place.url).pathname.slice(1);
    await run(`alter database ${name} set default_transaction_read_only = on`);
    await expect(place.open()).rejects.toMatchObject({ code: 'store_read_only' });
  });
});
