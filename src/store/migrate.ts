import { AppError } from '../base/errors.ts';
import { compiled } from './compiled.ts';
import { type Database, first, rows, type Script } from './database.ts';
import type { Dialect } from './dialect.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';

/**
 * Brings the schema to the newest version, one transaction per step.
 * @param upTo the last migration to run; tests stop earlier to have an old database
 * @throws {AppError} `store_newer`, `store_foreign`; the database is then left as it was
 */
export async function migrate(database: Database, dialect: Dialect, upTo = MIGRATIONS.length): Promise<void> {
  let at = await database.read(version(dialect));
  while (at < upTo) at = await database.write('durable', step(dialect, upTo));
}

/** Runs the next migration, if it is still to be run. Returns the number of the last one that ran. */
function* step(dialect: Dialect, upTo: number): Script<number> {
  for (const statement of dialect.migrationLock) yield* rows(statement);
  const at = yield* version(dialect);
  const next = MIGRATIONS[at];
  if (!next || at >= upTo) return at;
  if (at === 0) yield* rows(compiled(ledger(dialect)));
  yield* next.up(dialect);
  yield* rows(compiled(note(dialect, next)));
  return next.number;
}

/** The number of the last migration that ran; 0 in an empty database. */
function* version(dialect: Dialect): Script<number> {
  const tables = yield* dialect.tableNames();
  if (tables.length === 0) return 0;
  if (!tables.includes('meanwhile_migrations'))
    throw new AppError(
      'store_foreign',
      `The database holds tables that are not ours (${tables.slice(0, 3).join(', ')}). Nothing was changed. Name an empty database.`,
    );
  const found = yield* first(
    compiled(
      dialect.queries.selectFrom('meanwhile_migrations').select(({ fn }) => fn.max('number').as('number')),
    ),
  );
  const number = Number(found?.number ?? 0);
  if (number > MIGRATIONS.length)
    throw new AppError(
      'store_newer',
      `The database is at version ${number}; this program knows versions up to ${MIGRATIONS.length}. Nothing was changed. Use the newer program, or another data folder.`,
    );
  return number;
}

const ledger = ({ queries }: Dialect) =>
  queries.schema
    .createTable('meanwhile_migrations')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'text', (column) => column.notNull());

const note = ({ queries }: Dialect, { number, name }: Migration) =>
  queries.insertInto('meanwhile_migrations').values({ number, name, applied_at: new Date().toISOString() });
