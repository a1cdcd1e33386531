import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { rows } from '../database.ts';
import type { Dialect, Search } from '../dialect.ts';
import type { Tables } from '../tables.ts';

/**
 * FTS5 that keeps an index and no text. It splits at ASCII punctuation only, because it is handed words; `detail`
 * is off because neither phrases nor positions are asked for. Beginnings of words have indexes of their own, up to
 * the length at which hardly any is common: without one, a beginning that a million tasks share is merged in memory.
 */
const CREATE = `create virtual table "task_search" using fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7 8 9 10', tokenize="ascii tokenchars ':'"
)`;

const search: Search = {
  create: [{ sql: CREATE, values: [] }],
  put: (entries) =>
    entries.map(({ num, words }) => ({
      sql: 'insert or replace into "task_search" (rowid, words) values (?, ?)',
      values: [num, words.join(' ')],
    })),
  expression: ({ prefixes, facets }) =>
    [
      ...prefixes.map((word) => `"${word}"*`),
      ...facets.map((group) => `(${group.map((facet) => `"${facet}"`).join(' OR ')})`),
    ].join(' AND '),
  condition: (parameter) => sql<boolean>`task_search match ${parameter}`,
};

export const sqliteDialect: Dialect = {
  queries: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  integer: 'integer',
  migrationLock: [], // a write transaction is the lock
  *tableNames() {
    const found = yield* rows<{ name: string }>({
      sql: "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'",
      values: [],
    });
    return found.map(({ name }) => name);
  },
  search,
};
