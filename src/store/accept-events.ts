import { first, rows, type Script } from './database.ts';
import type { Dialect } from './dialect.ts';
import { prepare, prepareMany } from './prepare.ts';
import type { InboxRow } from './tables.ts';
import type { Counters } from './write/counters.ts';

export type NewEntry = Pick<InboxRow, 'id' | 'assignment_id' | 'event_hash' | 'doc'>;

type Accepted = { readonly inboxId: string; readonly isNew: boolean };

/** Puts events into the inbox, for the inside of one transaction; says of each which entry it is. */
export function createAcceptEvents({ queries }: Dialect, counters: Counters) {
  const columns = ['num', 'id', 'assignment_id', 'event_hash', 'doc'] as const;
  const insert = prepareMany(columns, (values: readonly (NewEntry & { num: number })[]) =>
    queries
      .insertInto('inbox')
      .values(values)
      .onConflict((on) => on.columns(['assignment_id', 'event_hash']).doNothing())
      .returning('id'),
  );
  const entryOf = prepare((slot: { assignment_id: string; event_hash: string }) =>
    queries
      .selectFrom('inbox')
      .select('id')
      .where('assignment_id', '=', slot.assignment_id)
      .where('event_hash', '=', slot.event_hash),
  );

  return function* acceptEvents(entries: readonly NewEntry[]): Script<readonly Accepted[]> {
    // The counter's lock lets acceptances happen one after the other, so that the order of num is that of commits.
    const last = yield* counters.add('inbox', entries.length);
    const numbered = entries.map((entry, index) => ({ ...entry, num: last - entries.length + 1 + index }));
    const inserted = new Set<string>();
    for (const statement of insert(numbered)) for (const { id } of yield* rows(statement)) inserted.add(id);
    const accepted: Accepted[] = [];
    for (const { id, assignment_id, event_hash } of entries) {
      const isNew = inserted.has(id);
      const entry = isNew ? { id } : yield* first(entryOf({ assignment_id, event_hash }));
      accepted.push({ inboxId: entry!.id, isNew });
    }
    return accepted;
  };
}
