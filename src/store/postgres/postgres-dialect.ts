import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import { rows } from '../database.ts';
import type { Dialect, Search } from '../dialect.ts';
import type { Tables } from '../tables.ts';

/** Any number will do, as long as all our hosts take the same one. */
const MIGRATION_LOCK = 0x4d6e7748;

/**
 * Very short beginnings are lexemes of their own: thousands of words begin with "1", and to unite what all of them
 * point to took a third of a second over 300,000 tasks.
 */
const SHORT = 3;
/** Stands in no word. */
const BEGINNING = '^';

const isShort = (word: string): boolean => [...word].length <= SHORT;

function lexemes(words: readonly string[]): string {
  const all = new Set(words);
  for (const word of words) {
    if (word.includes(':')) continue; // a facet is never sought by its beginning
    const letters = [...word].slice(0, SHORT);
    for (let length = 1; length <= letters.length; length++)
      all.add(BEGINNING + letters.slice(0, length).join(''));
  }
  return [...all].join(' ');
}

/** The words are put in as they are: neither PostgreSQL's parser nor its dictionaries see them. */
const searchIn = (table: 'task_search' | 'message_search'): Search => ({
  create: [
    `create table "${table}" ("rowid" bigint primary key, "words" tsvector not null)`,
    `create index "${table}_words" on "${table}" using gin ("words")`,
  ].map((text) => ({ sql: text, values: [] })),
  // All in one statement: each would be a journey to the server.
  put: (entries) =>
    entries.length === 0
      ? []
      : [
          {
            sql: `insert into "${table}" (rowid, words)
              select num, array_to_tsvector(string_to_array(words, ' '))
              from jsonb_to_recordset($1::jsonb) as entry (num bigint, words text)
              on conflict (rowid) do update set words = excluded.words`,
            values: [JSON.stringify(entries.map(({ num, words }) => ({ num, words: lexemes(words) })))],
          },
        ],
  expression: ({ prefixes, facets }) =>
    [
      ...prefixes.map((word) => (isShort(word) ? `'${BEGINNING}${word}'` : `'${word}':*`)),
      ...facets.map((group) => `(${group.map((facet) => `'${facet}'`).join(' | ')})`),
    ].join(' & '),
  condition: (parameter) => sql<boolean>`${sql.ref(`${table}.words`)} @@ ${parameter}::tsquery`,
});

export const postgresDialect: Dialect = {
  queries: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
  integer: 'bigint',
  migrationLock: [{ sql: `select pg_advisory_xact_lock(${MIGRATION_LOCK})`, values: [] }],
  *tableNames() {
    const found = yield* rows<{ tablename: string }>({
      sql: 'select tablename from pg_tables where schemaname = current_schema()',
      values: [],
    });
    return found.map(({ tablename }) => tablename);
  },
  search: searchIn('task_search'),
  messageSearch: searchIn('message_search'),
};
