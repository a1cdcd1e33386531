import { sql } from 'kysely';
import { compiled } from '../compiled.ts';
import { rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { Migration } from './migration.ts';

/** Who works on what, where several hosts share one database. A host that is alone has the id ''. */
export const hosts: Migration = {
  number: 5,
  name: 'hosts',
  *up(dialect) {
    for (const statement of [...columns(dialect), ...tables(dialect)]) yield* rows(compiled(statement));
  },
};

function columns({ queries: { schema } }: Dialect) {
  return ['tasks', 'messages', 'runs', 'spawns'].map((table) =>
    schema.alterTable(table).addColumn('host', 'text', (column) => column.notNull().defaultTo('')),
  );
}

function tables({ queries: { schema }, integer }: Dialect) {
  const int = sql.raw(integer);
  return [
    // What servers look like is written anew at each start, and each host has servers of its own.
    schema.dropTable('servers'),
    schema
      .createTable('servers')
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('removed', 'smallint', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('servers_key', ['host', 'name']),
    schema.createIndex('servers_seq').on('servers').column('seq').unique(),
    schema
      .createTable('hosts')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('epoch', int, (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull()),
    // Apart from the row that each of a host's transactions holds, or a busy host would never come to beat.
    schema
      .createTable('host_beats')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('beat_ms', int, (column) => column.notNull()),
  ];
}
