import { sql } from 'kysely';
import { compiled } from '../compiled.ts';
import { rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { Migration } from './migration.ts';

/** Assignments with the tokens of their hooks, their runs, and the events that runs are to take. */
export const assignments: Migration = {
  number: 4,
  name: 'assignments',
  *up(dialect) {
    for (const statement of [...tables(dialect), ...indexes(dialect)]) yield* rows(compiled(statement));
    yield* rows(compiled(dialect.queries.insertInto('counters').values({ name: 'inbox', value: 0 })));
  },
};

function tables({ queries: { schema }, integer }: Dialect) {
  const int = sql.raw(integer);
  return [
    schema
      .createTable('assignments')
      .addColumn('num', int, (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text', (column) => column.notNull())
      .addColumn('next_due_ms', int)
      .addColumn('listens_to', 'text')
      .addColumn('words', 'text', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull()),
    schema
      .createTable('assignment_hooks')
      .addColumn('assignment_num', int, (column) =>
        column.primaryKey().references('assignments.num').onDelete('cascade'),
      )
      .addColumn('token_hash', 'text', (column) => column.notNull().unique()),
    schema
      .createTable('runs')
      .addColumn('num', int, (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('assignment_id', 'text', (column) => column.notNull())
      .addColumn('key_hash', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('waits_until_ms', int)
      .addColumn('duration_ms', int)
      .addColumn('doc', 'text', (column) => column.notNull()),
    schema
      .createTable('inbox')
      .addColumn('num', int, (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('assignment_id', 'text', (column) => column.notNull())
      .addColumn('event_hash', 'text', (column) => column.notNull())
      .addColumn('taken_by', 'text')
      .addColumn('taken_ms', int)
      .addColumn('doc', 'text', (column) => column.notNull()),
  ];
}

function indexes({ queries: { schema } }: Dialect) {
  const on = (table: string, name: string, columns: string[]) =>
    schema.createIndex(`${table}_${name}`).on(table).columns(columns);
  return [
    on('assignments', 'seq', ['seq']).unique(),
    on('assignments', 'session', ['session_id', 'num']),
    on('assignments', 'due', ['next_due_ms', 'num']).where(sql.ref('next_due_ms'), 'is not', null),
    on('assignments', 'listening', ['listens_to', 'num']).where(sql.ref('listens_to'), 'is not', null),
    on('runs', 'seq', ['seq']).unique(),
    on('runs', 'key', ['assignment_id', 'key_hash']).unique(),
    on('runs', 'state', ['state', 'num']),
    on('runs', 'assignment', ['assignment_id', 'state', 'num']),
    on('runs', 'waiting', ['waits_until_ms', 'num']).where(sql.ref('waits_until_ms'), 'is not', null),
    on('inbox', 'event', ['assignment_id', 'event_hash']).unique(),
    on('inbox', 'pending', ['assignment_id', 'num']).where(sql.ref('taken_by'), 'is', null),
    on('inbox', 'taken', ['taken_ms']).where(sql.ref('taken_ms'), 'is not', null),
  ];
}
