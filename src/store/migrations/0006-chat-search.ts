import { compiled } from '../compiled.ts';
import { rows, type Script } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { messageWords } from '../message-words.ts';
import type { Session } from '../records.ts';
import { spacedWords } from '../spaced-words.ts';
import type { Migration } from './migration.ts';

const BATCH = 500;

/** Search over chats: their titles, and what is said in them, those that exist included. */
export const chatSearch: Migration = {
  number: 6,
  name: 'chat search',
  *up(dialect) {
    const { schema } = dialect.queries;
    const column = schema
      .alterTable('sessions')
      .addColumn('words', 'text', (added) => added.notNull().defaultTo(''));
    yield* rows(compiled(column));
    for (const statement of dialect.messageSearch.create) yield* rows(statement);
    yield* titles(dialect);
    yield* messages(dialect);
  },
};

function* titles({ queries }: Dialect): Script<void> {
  const sessions = yield* rows(compiled(queries.selectFrom('sessions').select(['id', 'doc'])));
  for (const { id, doc } of sessions) {
    const words = spacedWords((JSON.parse(doc) as Session).title);
    yield* rows(compiled(queries.updateTable('sessions').set({ words }).where('id', '=', id)));
  }
}

function* messages({ queries, messageSearch }: Dialect): Script<void> {
  for (let after = 0; ; ) {
    const found = yield* rows(
      compiled(
        queries
          .selectFrom('messages')
          .select(['num', 'doc'])
          .where('num', '>', after)
          .orderBy('num')
          .limit(BATCH),
      ),
    );
    const entries = found.flatMap(({ num, doc }) => {
      const words = messageWords(JSON.parse(doc));
      return words === undefined || words.length === 0 ? [] : [{ num, words }];
    });
    for (const statement of messageSearch.put(entries)) yield* rows(statement);
    if (found.length < BATCH) return;
    after = found.at(-1)!.num;
  }
}
