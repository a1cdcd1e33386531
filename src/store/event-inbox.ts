import { setImmediate } from 'node:timers';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { AcceptedEvent } from '../assignment/run.ts';
import { AppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { createAcceptEvents, type NewEntry } from './accept-events.ts';
import { type Database, rows } from './database.ts';
import type { Dialect } from './dialect.ts';
import { indexHash } from './index-hash.ts';
import type { EventInbox, PendingEvent } from './ports.ts';
import { prepare } from './prepare.ts';
import type { Counters } from './write/counters.ts';

/** How many are forgotten in one transaction, so that nobody waits behind a long one. */
const FORGET_BATCH = 500;

type Kept = Pick<PendingEvent, 'event' | 'acceptedMs'>;

/** Older ones hold the event alone. */
function kept(doc: string): Kept {
  const read = JSON.parse(doc) as Kept | AcceptedEvent;
  return 'event' in read ? read : { event: read, acceptedMs: 0 };
}

type Accepted = Awaited<ReturnType<EventInbox['accept']>>;

interface Waiting {
  readonly entry: NewEntry;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

export interface ClosableInbox extends EventInbox {
  /** Refuses what comes from now on, and settles when what came before is on disk. */
  close(): Promise<void>;
}

export function createEventInbox(database: Database, dialect: Dialect, counters: Counters): ClosableInbox {
  const { queries } = dialect;
  const acceptEvents = createAcceptEvents(dialect, counters);
  const pending = prepare((slot: { assignmentId: string; limit: number }) =>
    queries
      .selectFrom('inbox')
      .select(['id', 'doc'])
      .where('assignment_id', '=', slot.assignmentId)
      .where('taken_by', 'is', null)
      .orderBy('num')
      .limit(slot.limit),
  );
  const withPending = prepare(() =>
    queries
      .selectFrom('inbox')
      .select('assignment_id')
      .distinct()
      .where('taken_by', 'is', null)
      .orderBy('assignment_id'),
  );
  const forgetSome = prepare((slot: { before: number; limit: number }) =>
    queries
      .deleteFrom('inbox')
      .where(
        'num',
        'in',
        queries
          .selectFrom('inbox')
          .select('num')
          .where('taken_ms', '<', slot.before)
          .orderBy('taken_ms')
          .limit(slot.limit),
      )
      .returning('num'),
  );

  let waiting: Waiting[] = [];
  let busy = false;
  let closed: (() => void) | undefined;

  /** What came meanwhile goes into one transaction: a flood of events shares the syncs of the disk. */
  async function flush(): Promise<void> {
    const group = waiting;
    waiting = [];
    try {
      const entries = group.map(({ entry }) => entry);
      const accepted = await database.write('durable', acceptEvents(entries));
      for (const [index, { resolve }] of group.entries()) resolve(accepted[index]!);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    busy = waiting.length > 0;
    if (busy) setImmediate(flush);
    else closed?.();
  }

  return {
    async accept(assignmentId, event, acceptedMs = 0) {
      if (closed) throw new AppError('shutting_down', 'The store is closed.');
      const entry = {
        id: newId('inb'),
        assignment_id: assignmentId,
        event_hash: indexHash(event.id),
        doc: JSON.stringify({ event, acceptedMs } satisfies Kept),
      };
      return new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        if (!busy) setImmediate(flush);
        busy = true;
      });
    },
    async pending(assignmentId, limit) {
      const found = await database.read(rows(pending({ assignmentId, limit })));
      return found.map(({ id, doc }) => ({ inboxId: id, ...kept(doc) }));
    },
    async assignmentsWithPending() {
      return (await database.read(rows(withPending({})))).map(({ assignment_id }) => assignment_id);
    },
    async forget(beforeMs) {
      for (let forgotten = 0; ; await othersFirst()) {
        const some = rows(forgetSome({ before: beforeMs, limit: FORGET_BATCH }));
        const { length } = await database.write('quick', some);
        forgotten += length;
        if (length < FORGET_BATCH) return forgotten;
      }
    },
    close() {
      return new Promise((resolve) => {
        closed = resolve;
        if (!busy) resolve();
      });
    },
  };
}
