import { sql } from 'kysely';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type Database, first, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import type { MessageReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import type { Message } from '../records.ts';
import { pageOf } from './page.ts';

export function createMessageReader(database: Database, { queries }: Dialect, host: string): MessageReader {
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

  return {
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
