import { sql } from 'kysely';
import { compiled } from '../compiled.ts';
import { rows } from '../database.ts';
import type { Migration } from './migration.ts';

/** What sources keep: how the work of a task is found again, and what they remember between runs. */
export const sources: Migration = {
  number: 3,
  name: 'sources',
  *up({ queries: { schema }, integer }) {
    const statements = [
      schema
        .createTable('task_handles')
        .addColumn('task_num', sql.raw(integer), (column) =>
          column.primaryKey().references('tasks.num').onDelete('cascade'),
        )
        .addColumn('doc', 'text', (column) => column.notNull()),
      schema
        .createTable('source_notes')
        .addColumn('scope', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('doc', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('source_notes_key', ['scope', 'key']),
    ];
    for (const statement of statements) yield* rows(compiled(statement));
  },
};
