import { sql } from 'kysely';
import { compiled } from '../compiled.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type Database, first, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import type { SessionReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import type { Session } from '../records.ts';
import { soughtWords } from '../search-words.ts';
import { wordPattern } from '../spaced-words.ts';
import { pageOf } from './page.ts';

export function createSessionReader(database: Database, { queries }: Dialect): SessionReader {
  const byId = prepare((slot: { id: string }) =>
    queries.selectFrom('sessions').select(['seq', 'doc']).where('id', '=', slot.id),
  );
  const newest = prepare((slot: { before: number; limit: number }) =>
    queries
      .selectFrom('sessions')
      .select(['seq', 'doc'])
      .where('deleted', '=', 0)
      .where('seq', '<', slot.before)
      .orderBy('seq', 'desc')
      .limit(slot.limit),
  );
  /** It looks at each row: chats are made by people, so there are thousands of them and not millions. */
  const named = (beginnings: readonly string[], before: number, limit: number) =>
    beginnings.reduce(
      (query, beginning) => query.where('words', 'like', wordPattern(beginning)),
      queries
        .selectFrom('sessions')
        .select(['seq', 'doc'])
        .where('deleted', '=', 0)
        .where('seq', '<', before)
        .orderBy('seq', 'desc')
        .limit(limit),
    );
  const direct = prepare(() =>
    queries
      .selectFrom('sessions')
      .select(['seq', 'doc'])
      .where('kind', '=', sql.lit('direct'))
      .where('deleted', '=', 0)
      .orderBy('seq')
      .limit(1),
  );

  return {
    async get(id) {
      const row = await database.read(first(byId({ id })));
      return row && fromDoc<Session>(row);
    },
    async list({ words, limit, cursor }) {
      const beginnings = soughtWords(words);
      if (beginnings?.length === 0) return { sessions: [] }; // signs only: no title has such a word
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor('sessions', cursor);
      const statement =
        beginnings === undefined
          ? newest({ before, limit: limit + 1 })
          : compiled(named(beginnings, before, limit + 1));
      const page = pageOf(await database.read(rows(statement)), limit);
      const sessions = page.rows.map((row) => fromDoc<Session>(row));
      return page.more
        ? { sessions, nextCursor: encodeCursor('sessions', page.rows.at(-1)!.seq) }
        : { sessions };
    },
    async direct() {
      const row = await database.read(first(direct({})));
      return row && fromDoc<Session>(row);
    },
  };
}
