import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { rows } from '../database.ts';
import type { Dialect, Search } from '../dialect.ts';
import type { Tables } from '../tables.ts';

/**
 * FTS5 that keeps an index and no text. It splits at ASCII punctuation only, because it is handed words; `detail`
 * is off because neither phrases nor positions are asked for. Beginnings of words have indexes of their own, up to
 * the length at which hardly any is common: without one, a beginning that a million tasks share is merged in memory.
 */
const create = (table: SearchTable, prefixes: string) => `create virtual table "${table}" using fts5(
  words, content='', contentless_delete=1, detail=none, prefix='${prefixes}', tokenize="ascii tokenchars ':'"
)`;

type SearchTable = 'task_search' | 'message_search';

const searchIn = (table: SearchTable, prefixes: string): Search => ({
  create: [{ sql: create(table, prefixes), values: [] }],
  put: (entries) =>
    entries.map(({ num, words }) => ({
      sql: `insert or replace into "${table}" (rowid, words) values (?, ?)`,
      values: [num, words.join(' ')],
    })),
  expression: ({ prefixes, facets }) =>
    [
      ...prefixes.map((word) => `"${word}"*`),
      ...facets.map((group) => `(${group.map((facet) => `"${facet}"`).join(' OR ')})`),
    ].join(' AND '),
  condition: (parameter) => sql<boolean>`${sql.table(table)} match ${parameter}`,
});

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
  search: searchIn('task_search', '1 2 3 4 5 6 7 8 9 10'),
  // A text has many more words than a task, and what is typed is rarely shorter or longer.
  messageSearch: searchIn('message_search', '2 3 4'),
};
