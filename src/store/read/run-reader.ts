import { sql } from 'kysely';
import type { Run } from '../../assignment/run.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type Database, first, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import type { RunReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import { pageOf } from './page.ts';
import { createRunList } from './run-list.ts';

const ACTIVE = [sql.lit('waiting'), sql.lit('running')];

export function createRunReader(database: Database, dialect: Dialect): RunReader {
  const { queries } = dialect;
  const listQuery = createRunList(dialect);
  const runs = () => queries.selectFrom('runs').select(['seq', 'doc']);
  const byId = prepare((slot: { id: string }) => runs().where('id', '=', slot.id));
  const waiting = prepare((slot: { until: number; limit: number }) =>
    runs()
      .where('waits_until_ms', '<=', slot.until)
      .orderBy('waits_until_ms')
      .orderBy('num')
      .limit(slot.limit),
  );
  const earliest = prepare(() =>
    queries
      .selectFrom('runs')
      .select('waits_until_ms')
      .where('waits_until_ms', 'is not', null)
      .orderBy('waits_until_ms')
      .limit(1),
  );
  const active = prepare(() => runs().where('state', 'in', ACTIVE).orderBy('num'));
  const activeOf = prepare((slot: { assignmentId: string }) =>
    runs().where('assignment_id', '=', slot.assignmentId).where('state', 'in', ACTIVE).orderBy('num'),
  );
  const durations = prepare((slot: { assignmentId: string; limit: number }) =>
    queries
      .selectFrom('runs')
      .select('duration_ms')
      .where('assignment_id', '=', slot.assignmentId)
      .where('state', '=', sql.lit('completed'))
      .orderBy('num', 'desc')
      .limit(slot.limit),
  );
  const record = (row: { seq: number; doc: string }) => fromDoc<Run>(row);

  return {
    async get(id) {
      const row = await database.read(first(byId({ id })));
      return row && record(row);
    },
    async list({ cursor, ...query }) {
      const before = cursor === undefined ? undefined : decodeCursor('runs', cursor);
      const statement = listQuery({ ...query, before, limit: query.limit + 1 });
      const page = pageOf(await database.read(rows(statement)), query.limit);
      const found = page.rows.map(record);
      return page.more
        ? { runs: found, nextCursor: encodeCursor('runs', page.rows.at(-1)!.num) }
        : { runs: found };
    },
    async waiting(untilMs, limit) {
      return (await database.read(rows(waiting({ until: untilMs, limit })))).map(record);
    },
    async nextWaitingAt() {
      return (await database.read(first(earliest({}))))?.waits_until_ms ?? undefined;
    },
    async active(assignmentId) {
      const statement = assignmentId === undefined ? active({}) : activeOf({ assignmentId });
      return (await database.read(rows(statement))).map(record);
    },
    async durations(assignmentId, limit) {
      const found = await database.read(rows(durations({ assignmentId, limit })));
      return found.map(({ duration_ms }) => duration_ms ?? 0);
    },
    async latest(assignmentId) {
      const row = await database.read(first(listQuery({ assignmentId, limit: 1 })));
      return row && record(row);
    },
  };
}
