import { sql } from 'kysely';
import { compiled } from '../compiled.ts';
import { rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { Migration } from './migration.ts';

/** Tasks, sessions, messages, servers, logs, spawns, and the counters. */
export const records: Migration = {
  number: 1,
  name: 'records',
  *up(dialect) {
    for (const statement of [...tables(dialect), ...indexes(dialect), ...contents(dialect)])
      yield* rows(compiled(statement));
  },
};

function tables({ queries: { schema }, integer }: Dialect) {
  const int = sql.raw(integer);
  const small = sql.raw('integer');
  return [
    schema
      .createTable('counters')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('value', int, (column) => column.notNull()),
    schema
      .createTable('tasks')
      .addColumn('num', int, (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text')
      .addColumn('parent_id', 'text')
      .addColumn('source_type', 'text', (column) => column.notNull())
      .addColumn('server', 'text')
      .addColumn('tool', 'text')
      .addColumn('ended_at', 'text')
      .addColumn('duration_ms', int)
      .addColumn('delivery_state', 'text', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull()),
    schema
      .createTable('task_results')
      .addColumn('task_num', int, (column) => column.primaryKey().references('tasks.num').onDelete('cascade'))
      .addColumn('content', 'text', (column) => column.notNull()),
    schema
      .createTable('task_log')
      .addColumn('task_id', 'text', (column) => column.notNull())
      .addColumn('n', int, (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('bytes', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('task_log_key', ['task_id', 'n']),
    schema
      .createTable('task_log_sizes')
      .addColumn('task_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('last_n', int, (column) => column.notNull())
      .addColumn('head_bytes', int, (column) => column.notNull())
      .addColumn('tail_from', int, (column) => column.notNull())
      .addColumn('tail_bytes', int, (column) => column.notNull())
      .addColumn('cut_lines', int, (column) => column.notNull())
      .addColumn('cut_bytes', int, (column) => column.notNull()),
    schema
      .createTable('sessions')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('deleted', small, (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull()),
    schema
      .createTable('messages')
      .addColumn('num', int, (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('session_id', 'text', (column) => column.notNull())
      .addColumn('task_id', 'text')
      .addColumn('has_open_call', small, (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull()),
    schema
      .createTable('servers')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('removed', small, (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull()),
    schema
      .createTable('spawns')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('server', 'text', (column) => column.notNull())
      .addColumn('pid', int, (column) => column.notNull())
      .addColumn('started_at', 'text', (column) => column.notNull()),
  ];
}

function indexes({ queries: { schema } }: Dialect) {
  const on = (table: string, name: string, columns: string[]) =>
    schema.createIndex(`${table}_${name}`).on(table).columns(columns);
  return [
    ...['tasks', 'sessions', 'messages', 'servers'].map((table) => on(table, 'seq', ['seq']).unique()),
    // Lists are read per status, newest first, so that each page is a few short walks along an index.
    on('tasks', 'status', ['status', 'num']),
    on('tasks', 'session', ['session_id', 'status', 'num']).where(sql.ref('session_id'), 'is not', null),
    on('tasks', 'parent', ['parent_id', 'status', 'num']).where(sql.ref('parent_id'), 'is not', null),
    on('tasks', 'source', ['source_type', 'status', 'num']),
    on('tasks', 'server', ['server', 'status', 'num']).where(sql.ref('server'), 'is not', null),
    on('tasks', 'pending', ['ended_at', 'num'])
      .where(sql.ref('delivery_state'), '=', 'pending')
      .where(sql.ref('ended_at'), 'is not', null),
    on('tasks', 'durations', ['server', 'tool', 'num']).where(sql.ref('status'), '=', 'completed'),
    on('sessions', 'direct', ['seq']).where(sql.ref('kind'), '=', 'direct'),
    on('messages', 'session', ['session_id', 'num']),
    on('messages', 'task_id', ['task_id']).unique().where(sql.ref('task_id'), 'is not', null),
    on('messages', 'open_calls', ['num']).where(sql.ref('has_open_call'), '=', 1),
  ];
}

/** The statuses are spelled out: a migration must do tomorrow what it did on the day it was written. */
function contents({ queries }: Dialect) {
  const statuses = ['working', 'input_required', 'completed', 'failed', 'cancelled', 'lost'];
  const names = ['seq', 'seq_reserved', ...statuses.map((status) => `tasks.${status}`)];
  return [queries.insertInto('counters').values(names.map((name) => ({ name, value: 0 })))];
}
