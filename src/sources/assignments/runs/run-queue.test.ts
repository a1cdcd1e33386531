import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import {
  postgresPlace,
  SKIP_REASON,
  TEST_DATABASE_URL,
} from '../../../store/postgres/postgres-place.fixture.ts';
import { openSqliteStore } from '../../../store/sqlite/open-sqlite-store.ts';
import { runQueueContract } from '../test/run-queue.contract.ts';
import { pgBossQueue } from './pg-boss-queue.ts';
import { localRunQueue } from './run-queue.ts';

runQueueContract('the queue of one host', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meanwhile-queue-'));
  return {
    store: await openSqliteStore({ file: join(folder, 'meanwhile.db') }),
    queue: localRunQueue,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'PostgreSQL' : `PostgreSQL ${SKIP_REASON}`, () => {
  runQueueContract('the queue on pg-boss', async () => {
    const place = await postgresPlace();
    return {
      store: await place.open(),
      queue: (parts) => pgBossQueue(parts, place.url),
      remove: () => place.remove(),
    };
  });
});
