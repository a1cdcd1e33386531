import { type Expression, type SqlBool, sql } from 'kysely';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type Database, first, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import { searchedText } from '../message-words.ts';
import type { MessageReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import type { Message } from '../records.ts';
import { soughtWords } from '../search-words.ts';
import { pageOf } from './page.ts';

export function createMessageReader(
  database: Database,
  { queries, messageSearch }: Dialect,
  host: string,
): MessageReader {
  const messages = () => queries.selectFrom('messages').select(['num', 'seq', 'doc']);
  const byId = prepare((slot: { id: string }) => messages().where('id', '=', slot.id));
  const byTask = prepare((slot: { taskId: string }) => messages().where('task_id', '=', slot.taskId));
  const open = prepare(() =>
    messages().where('has_open_call', '=', sql.lit(1)).where('host', '=', host).orderBy('num'),
  );
  const newest = prepare((slot: { sessionId: string; before: number; limit: number }) =>
    messages()
      .where('session_id', '=', slot.sessionId)
      .where('num', '<', slot.before)
      .orderBy('num', 'desc')
      .limit(slot.limit),
  );

  const search = (isAfter: boolean) =>
    prepare((slot: { expression: string; before: number; limit: number }) => {
      const query = queries
        .selectFrom('message_search')
        .innerJoin('messages', 'messages.num', 'message_search.rowid')
        .innerJoin('sessions', 'sessions.id', 'messages.session_id')
        .select(['messages.num', 'messages.seq', 'messages.doc'])
        .where(messageSearch.condition(slot.expression) as Expression<SqlBool>)
        .where('sessions.deleted', '=', 0)
        .orderBy('message_search.rowid', 'desc')
        .limit(slot.limit);
      return isAfter ? query.where('message_search.rowid', '<', slot.before) : query;
    });
  const firstFound = search(false);
  const moreFound = search(true);

  return {
    async search({ words, limit, cursor }) {
      const prefixes = soughtWords(words) ?? [];
      if (prefixes.length === 0) return { found: [] }; // signs only: no text has such a word
      const expression = messageSearch.expression({ prefixes, facets: [] });
      const before = cursor === undefined ? 0 : decodeCursor('found', cursor);
      const statement = (cursor === undefined ? firstFound : moreFound)({
        expression,
        before,
        limit: limit + 1,
      });
      const page = pageOf(await database.read(rows(statement)), limit);
      const found = page.rows.map((row) => {
        const message = fromDoc<Message>(row);
        return { message, text: searchedText(message) };
      });
      return page.more ? { found, nextCursor: encodeCursor('found', page.rows.at(-1)!.num) } : { found };
    },
    async get(id) {
      const row = await database.read(first(byId({ id })));
      return row && fromDoc<Message>(row);
    },
    async list({ sessionId, limit, cursor }) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor('messages', cursor);
      const found = await database.read(rows(newest({ sessionId, before, limit: limit + 1 })));
      const page = pageOf(found, limit);
      const messages = page.rows.map((row) => fromDoc<Message>(row)).reverse();
      return page.more
        ? { messages, nextCursor: encodeCursor('messages', page.rows.at(-1)!.num) }
        : { messages };
    },
    async deliveryOf(taskId) {
      const row = await database.read(first(byTask({ taskId })));
      return row && fromDoc<Message>(row);
    },
    async openCalls() {
      return (await database.read(rows(open({})))).map((row) => fromDoc<Message>(row));
    },
  };
}
