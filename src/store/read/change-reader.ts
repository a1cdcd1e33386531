import { sql } from 'kysely';
import type { Assignment } from '../../assignment/assignment.ts';
import type { Run } from '../../assignment/run.ts';
import type { Task } from '../../task/task.ts';
import { type Database, first, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import type { Change, ChangeReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import type { Message, ServerView, Session } from '../records.ts';

const TABLES = {
  task: 'tasks',
  message: 'messages',
  session: 'sessions',
  server: 'servers',
  assignment: 'assignments',
  run: 'runs',
} as const satisfies Record<Change['type'], string>;
const TYPES = Object.keys(TABLES) as Change['type'][];

export function createChangeReader(
  database: Database,
  { queries }: Dialect,
  host: string,
): Omit<ChangeReader, 'follow' | 'followOthers'> {
  const head = prepare(() => queries.selectFrom('counters').select('value').where('name', '=', 'seq'));
  // One statement, so that all tables are seen at one moment.
  const since = prepare((slot: { after: number; limit: number }) => {
    const walk = (type: Change['type']) => {
      const table = queries.selectFrom(TABLES[type]).select(['seq', 'doc', sql.lit(type).as('type')]);
      const ours = type === 'server' ? table.where(sql.ref('host'), '=', host) : table;
      const changed = ours.where('seq', '>', slot.after).orderBy('seq').limit(slot.limit);
      return queries.selectFrom(changed.as('changed')).selectAll();
    };
    const all = TYPES.map(walk).reduce((walks, one) => walks.unionAll(one));
    return queries.selectFrom(all.as('changes')).selectAll().orderBy('seq').limit(slot.limit);
  });

  return {
    async head() {
      return (await database.read(first(head({}))))!.value;
    },
    async since(after, limit) {
      return (await database.read(rows(since({ after, limit })))).map(changeOf);
    },
  };
}

function changeOf(row: { type: Change['type']; seq: number; doc: string }): Change {
  const { type, seq } = row;
  switch (type) {
    case 'task':
      return { seq, type, task: fromDoc<Task>(row) };
    case 'message':
      return { seq, type, message: fromDoc<Message>(row) };
    case 'session':
      return { seq, type, session: fromDoc<Session>(row) };
    case 'server':
      return { seq, type, server: fromDoc<ServerView>(row) };
    case 'assignment':
      return { seq, type, assignment: fromDoc<Assignment>(row) };
    case 'run':
      return { seq, type, run: fromDoc<Run>(row) };
  }
}
