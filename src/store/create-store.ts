import { type Database, first } from './database.ts';
import type { Dialect } from './dialect.ts';
import { createEventInbox } from './event-inbox.ts';
import type { LogCaps } from './log-caps.ts';
import type { ChangeReader, Estate, HostRoster, Store } from './ports.ts';
import { createAssignmentReader } from './read/assignment-reader.ts';
import { createChangeReader } from './read/change-reader.ts';
import { createMessageReader } from './read/message-reader.ts';
import { createRunReader } from './read/run-reader.ts';
import { createServerReader } from './read/server-reader.ts';
import { createSessionReader } from './read/session-reader.ts';
import { createTaskReader } from './read/task-reader.ts';
import { createSourceNotes } from './source-notes.ts';
import { createSpawnLedger } from './spawn-ledger.ts';
import { createTakeOver } from './take-over.ts';
import { createTaskLog } from './task-log.ts';
import { createCounters } from './write/counters.ts';
import { createWriteBatch } from './write/write-batch.ts';
import { createWriter } from './write/writer.ts';

/** What several hosts on one database add: who they are, and what the others write. */
export interface Sharing {
  /** The id of this host. */
  readonly host: string;
  /** Makes the following of all changes, of the others' too, out of the following of our own. */
  follow(own: {
    readonly writer: Store['writer'];
    readonly changes: Pick<ChangeReader, 'since'>;
    /** What has been committed so far. */
    readonly head: number;
  }): Pick<ChangeReader, 'follow' | 'followOthers'>;
  readonly roster: (takeOver: (gone: string) => Promise<Estate>) => HostRoster;
}

/**
 * The store over a migrated database, whichever engine.
 * @param sharing left out where a host is alone with its database
 */
export async function createStore(
  database: Database,
  dialect: Dialect,
  log?: LogCaps,
  sharing?: Sharing,
): Promise<Store> {
  const host = sharing?.host ?? '';
  const counters = createCounters(dialect);
  const numbers = await database.write('durable', counters.skipReserved());
  const writer = createWriter(database, createWriteBatch(dialect, counters, host), counters, numbers);
  const inbox = createEventInbox(database, dialect, counters);
  const read = createChangeReader(database, dialect, host);
  const following =
    sharing === undefined
      ? { follow: writer.onCommit, followOthers: () => () => {} }
      : sharing.follow({ writer, changes: read, head: await read.head() });
  const takeOver = createTakeOver(dialect, counters, host);
  return {
    writer,
    tasks: createTaskReader(database, dialect, host),
    sessions: createSessionReader(database, dialect),
    messages: createMessageReader(database, dialect, host),
    servers: createServerReader(database, dialect, host),
    assignments: createAssignmentReader(database, dialect),
    runs: createRunReader(database, dialect),
    inbox,
    log: createTaskLog(database, dialect, log),
    spawns: createSpawnLedger(database, dialect, host),
    notes: createSourceNotes(database, dialect),
    changes: { ...read, ...following },
    ...(sharing && {
      hosts: sharing.roster(async (gone) => database.write('durable', takeOver(gone))),
    }),
    async ping() {
      await database.read(first({ sql: 'select 1', values: [] }));
    },
    async close() {
      await Promise.all([writer.close(), inbox.close()]);
      await database.close();
    },
  };
}
