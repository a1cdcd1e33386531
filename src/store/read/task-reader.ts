import { sql } from 'kysely';
import type { Handle } from '../../task/report.ts';
import { ACTIVE_STATUSES, STATUSES } from '../../task/status.ts';
import type { Task } from '../../task/task.ts';
import { compiled } from '../compiled.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type Database, first, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import type { TaskCounts, TaskReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import { soughtWords } from '../search-words.ts';
import { pageOf } from './page.ts';
import { createTaskList } from './task-list.ts';

export function createTaskReader(database: Database, dialect: Dialect, host: string): TaskReader {
  const { queries } = dialect;
  const listQuery = createTaskList(dialect);
  const byId = prepare((slot: { id: string }) =>
    queries.selectFrom('tasks').select(['seq', 'doc']).where('id', '=', slot.id),
  );
  const handleById = prepare((slot: { id: string }) =>
    queries
      .selectFrom('tasks')
      .innerJoin('task_handles', 'task_handles.task_num', 'tasks.num')
      .select('task_handles.doc')
      .where('tasks.id', '=', slot.id),
  );
  const hostById = prepare((slot: { id: string }) =>
    queries.selectFrom('tasks').select('host').where('id', '=', slot.id),
  );
  const counters = prepare(() =>
    queries.selectFrom('counters').select(['name', 'value']).where('name', 'like', 'tasks.%'),
  );
  const contentById = prepare((slot: { id: string }) =>
    queries
      .selectFrom('tasks')
      .innerJoin('task_results', 'task_results.task_num', 'tasks.num')
      .select('task_results.content')
      .where('tasks.id', '=', slot.id),
  );
  const pending = prepare((slot: { limit: number }) =>
    queries
      .selectFrom('tasks')
      .select(['seq', 'doc'])
      .where('delivery_state', '=', sql.lit('pending'))
      .where('ended_at', 'is not', null)
      .where('host', '=', host)
      .orderBy('ended_at')
      .orderBy('num')
      .limit(slot.limit),
  );
  const durations = prepare((slot: { server: string; tool: string; limit: number }) =>
    queries
      .selectFrom('tasks')
      .select('duration_ms')
      .where('server', '=', slot.server)
      .where('tool', '=', slot.tool)
      .where('status', '=', sql.lit('completed'))
      .orderBy('num', 'desc')
      .limit(slot.limit),
  );

  return {
    async get(id) {
      const row = await database.read(first(byId({ id })));
      return row && fromDoc<Task>(row);
    },
    async list(query) {
      const before = query.cursor === undefined ? undefined : decodeCursor('tasks', query.cursor);
      const prefixes = soughtWords(query.words);
      if (prefixes?.length === 0) return { tasks: [] }; // signs only: no text has such a word
      const statement = listQuery({ query, before, prefixes, limit: query.limit + 1 });
      const page = pageOf(await database.read(rows(statement)), query.limit);
      const tasks = page.rows.map((row) => fromDoc<Task>(row));
      return page.more ? { tasks, nextCursor: encodeCursor('tasks', page.rows.at(-1)!.num) } : { tasks };
    },
    async counts() {
      const found = await database.read(rows(counters({})));
      const byName = new Map(found.map(({ name, value }) => [name, value]));
      return Object.fromEntries(
        STATUSES.map((status) => [status, byName.get(`tasks.${status}`) ?? 0]),
      ) as TaskCounts;
    },
    async content(id) {
      return (await database.read(first(contentById({ id }))))?.content;
    },
    async active() {
      const query = queries
        .selectFrom('tasks')
        .select(['seq', 'doc'])
        .where('status', 'in', [...ACTIVE_STATUSES])
        .where('host', '=', host)
        .orderBy('num');
      return (await database.read(rows(compiled(query)))).map((row) => fromDoc<Task>(row));
    },
    async handles() {
      const query = queries
        .selectFrom('task_handles')
        .innerJoin('tasks', 'tasks.num', 'task_handles.task_num')
        .select(['tasks.seq', 'tasks.doc', 'task_handles.doc as handle'])
        .where('tasks.host', '=', host)
        .orderBy('tasks.num');
      const found = await database.read(rows(compiled(query)));
      return found.map((row) => ({ task: fromDoc<Task>(row), handle: JSON.parse(row.handle) as Handle }));
    },
    async handle(id) {
      const row = await database.read(first(handleById({ id })));
      return row && (JSON.parse(row.doc) as Handle);
    },
    async undelivered(limit) {
      return (await database.read(rows(pending({ limit })))).map((row) => fromDoc<Task>(row));
    },
    async durations(server, tool, limit) {
      const found = await database.read(rows(durations({ server, tool, limit })));
      return found.map(({ duration_ms }) => duration_ms ?? 0);
    },
    async hostOf(id) {
      return (await database.read(first(hostById({ id }))))?.host;
    },
    async activeBySession() {
      const query = queries
        .selectFrom('tasks')
        .select(({ fn }) => ['session_id', fn.countAll<number>().as('count')])
        .where('status', 'in', [...ACTIVE_STATUSES])
        .where('session_id', 'is not', null)
        .groupBy('session_id');
      const found = await database.read(rows(compiled(query)));
      return new Map(found.map(({ session_id, count }) => [session_id!, count]));
    },
  };
}
