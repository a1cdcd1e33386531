import { sql } from 'kysely';
import type { Assignment } from '../../assignment/assignment.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type Database, first, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import type { AssignmentReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import { soughtWords } from '../search-words.ts';
import { createAssignmentList } from './assignment-list.ts';
import { pageOf } from './page.ts';

export function createAssignmentReader(database: Database, dialect: Dialect): AssignmentReader {
  const { queries } = dialect;
  const listQuery = createAssignmentList(dialect);
  const assignments = () => queries.selectFrom('assignments').select(['seq', 'doc']);
  const byId = prepare((slot: { id: string }) => assignments().where('id', '=', slot.id));
  const due = prepare((slot: { until: number; limit: number }) =>
    assignments()
      .where('next_due_ms', '<=', slot.until)
      .orderBy('next_due_ms')
      .orderBy('num')
      .limit(slot.limit),
  );
  const earliest = prepare(() =>
    queries
      .selectFrom('assignments')
      .select('next_due_ms')
      .where('next_due_ms', 'is not', null)
      .orderBy('next_due_ms')
      .limit(1),
  );
  const listening = prepare((slot: { kind: string }) =>
    assignments().where('listens_to', '=', slot.kind).orderBy('num'),
  );
  const ofSession = prepare((slot: { sessionId: string }) =>
    assignments()
      .where('session_id', '=', slot.sessionId)
      .where('state', '<>', sql.lit('removed'))
      .orderBy('num'),
  );
  const byHook = prepare((slot: { hash: string }) =>
    queries
      .selectFrom('assignment_hooks')
      .innerJoin('assignments', 'assignments.num', 'assignment_hooks.assignment_num')
      .select(['assignments.seq', 'assignments.doc'])
      .where('assignment_hooks.token_hash', '=', slot.hash)
      .where('assignments.state', '<>', sql.lit('removed')),
  );
  const record = (row: { seq: number; doc: string }) => fromDoc<Assignment>(row);

  return {
    async get(id) {
      const row = await database.read(first(byId({ id })));
      return row && record(row);
    },
    async list({ states, words, limit, cursor }) {
      const before = cursor === undefined ? undefined : decodeCursor('assignments', cursor);
      const beginnings = soughtWords(words);
      if (beginnings?.length === 0) return { assignments: [] }; // signs only: no text has such a word
      const statement = listQuery({ states, beginnings: beginnings ?? [], before, limit: limit + 1 });
      const page = pageOf(await database.read(rows(statement)), limit);
      const found = page.rows.map(record);
      return page.more
        ? { assignments: found, nextCursor: encodeCursor('assignments', page.rows.at(-1)!.num) }
        : { assignments: found };
    },
    async due(untilMs, limit) {
      return (await database.read(rows(due({ until: untilMs, limit })))).map(record);
    },
    async nextDueAt() {
      return (await database.read(first(earliest({}))))?.next_due_ms ?? undefined;
    },
    async listening(kind) {
      return (await database.read(rows(listening({ kind })))).map(record);
    },
    async ofSession(sessionId) {
      return (await database.read(rows(ofSession({ sessionId })))).map(record);
    },
    async byHook(tokenHash) {
      const row = await database.read(first(byHook({ hash: tokenHash })));
      return row && record(row);
    },
  };
}
