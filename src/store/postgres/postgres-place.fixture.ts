import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Place } from '../contract/place.ts';
import { openPostgresStore } from './open-postgres-store.ts';

export const TEST_DATABASE_URL = process.env.TEST_DATABASE_URL;

/** Said by the tests that are skipped. */
export const SKIP_REASON = 'skipped: TEST_DATABASE_URL names no PostgreSQL server';

/** For tests: a database of its own on the server that TEST_DATABASE_URL names. */
export async function postgresPlace(): Promise<Place & { readonly url: string }> {
  const name = `meanwhile_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(TEST_DATABASE_URL!);
  url.pathname = `/${name}`;
  await onServer(`create database ${name}`);
  return {
    url: url.href,
    open: (log) => openPostgresStore({ url: url.href, log }),
    remove: () => onServer(`drop database ${name} with (force)`),
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client(TEST_DATABASE_URL);
  await client.connect();
  await client.query(statement);
  await client.end();
}
