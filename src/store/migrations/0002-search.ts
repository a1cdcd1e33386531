import type { Task } from '../../task/task.ts';
import { compiled } from '../compiled.ts';
import { rows } from '../database.ts';
import { searchWords } from '../search-words.ts';
import type { Migration } from './migration.ts';

const BATCH = 500;

/** Full-text search over tasks, those that exist included. */
export const search: Migration = {
  number: 2,
  name: 'search',
  *up(dialect) {
    for (const statement of dialect.search.create) yield* rows(statement);
    for (let after = 0; ; ) {
      const tasks = yield* rows(
        compiled(
          dialect.queries
            .selectFrom('tasks')
            .select(['num', 'doc'])
            .where('num', '>', after)
            .orderBy('num')
            .limit(BATCH),
        ),
      );
      const entries = tasks.map(({ num, doc }) => ({ num, words: searchWords(JSON.parse(doc) as Task) }));
      for (const statement of dialect.search.put(entries)) yield* rows(statement);
      if (tasks.length < BATCH) return;
      after = tasks.at(-1)!.num;
    }
  },
};
