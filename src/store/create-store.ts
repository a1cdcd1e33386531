import { type Database, first } from './database.ts';
import type { Dialect } from './dialect.ts';
import { createEventInbox } from './event-inbox.ts';
import type { LogCaps } from './log-caps.ts';
import type { Store } from './ports.ts';
import { createAssignmentReader } from './read/assignment-reader.ts';
import { createChangeReader } from './read/change-reader.ts';
import { createMessageReader } from './read/message-reader.ts';
import { createRunReader } from './read/run-reader.ts';
import { createServerReader } from './read/server-reader.ts';
import { createSessionReader } from './read/session-reader.ts';
import { createTaskReader } from './read/task-reader.ts';
import { createSourceNotes } from './source-notes.ts';
import { createSpawnLedger } from './spawn-ledger.ts';
import { createTaskLog } from './task-log.ts';
import { createCounters } from './write/counters.ts';
import { createWriteBatch } from './write/write-batch.ts';
import { createWriter } from './write/writer.ts';

/** The store over a migrated database, whichever engine. */
export async function createStore(database: Database, dialect: Dialect, log?: LogCaps): Promise<Store> {
  const counters = createCounters(dialect);
  const numbers = await database.write('durable', counters.skipReserved());
  const writer = createWriter(database, createWriteBatch(dialect, counters), counters, numbers);
  const inbox = createEventInbox(database, dialect, counters);
  return {
    writer,
    tasks: createTaskReader(database, dialect),
    sessions: createSessionReader(database, dialect),
    messages: createMessageReader(database, dialect),
    servers: createServerReader(database, dialect),
    assignments: createAssignmentReader(database, dialect),
    runs: createRunReader(database, dialect),
    inbox,
    log: createTaskLog(database, dialect, log),
    spawns: createSpawnLedger(database, dialect),
    notes: createSourceNotes(database, dialect),
    changes: createChangeReader(database, dialect),
    async ping() {
      await database.read(first({ sql: 'select 1', values: [] }));
    },
    async close() {
      await Promise.all([writer.close(), inbox.close()]);
      await database.close();
    },
  };
}
