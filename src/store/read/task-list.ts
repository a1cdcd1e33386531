import type { Expression, SqlBool } from 'kysely';
import { STATUSES } from '../../task/status.ts';
import type { Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { TaskQuery } from '../ports.ts';
import { prepare } from '../prepare.ts';
import { soughtFacets } from '../search-words.ts';
import type { TaskRow } from '../tables.ts';

/** The filters that are one value in one column. */
const COLUMNS = {
  sessionId: 'session_id',
  source: 'source_type',
  server: 'server',
  parentId: 'parent_id',
} as const satisfies Partial<Record<keyof TaskQuery, keyof TaskRow>>;

type Filter = keyof typeof COLUMNS;
const FILTERS = Object.keys(COLUMNS) as Filter[];

export interface ListedRow {
  readonly num: number;
  readonly seq: number;
  readonly doc: string;
}

interface Slots extends Record<Filter, string> {
  readonly status0: string;
  readonly before: number;
  readonly limit: number;
  readonly expression: string;
}

export interface TaskPageQuery {
  readonly query: TaskQuery;
  readonly limit: number;
  /** Only tasks with a lower num. */
  readonly before?: number;
  /** Beginnings of words to find. */
  readonly prefixes?: readonly string[];
}

/** Builds the query for a page, once for each combination of filters. */
export function createTaskList(dialect: Dialect): (page: TaskPageQuery) => Statement<ListedRow> {
  const prepared = new Map<string, (values: Slots) => Statement<ListedRow>>();
  return ({ query, prefixes, limit, before }) => {
    const filters = FILTERS.filter((filter) => query[filter] !== undefined);
    // One filter is a walk along its index. Of two, either may be the one that a million tasks pass, so they are
    // left to the search index, which meets all of them at once.
    const searching = prefixes !== undefined || filters.length > 1;
    const asked = [...new Set(query.statuses)];
    // The indexes have the status between the filter and the order, so a filtered walk names every status.
    const statuses = asked.length === 0 && filters.length === 1 && !searching ? STATUSES : asked;
    const shape: Shape = { filters, statuses: statuses.length, after: before !== undefined };
    const key = `${filters} ${statuses.length} ${shape.after} ${searching}`;
    let fill = prepared.get(key);
    if (!fill) {
      fill = prepare((slots: Slots) => (searching ? search : walkIndexes)(dialect, shape, slots));
      prepared.set(key, fill);
    }
    const expression =
      searching && dialect.search.expression({ prefixes: prefixes ?? [], facets: soughtFacets(query) });
    const values: Record<string, unknown> = { ...query, before, limit, expression };
    for (const [index, status] of statuses.entries()) values[`status${index}`] = status;
    return fill(values as unknown as Slots);
  };
}

interface Shape {
  readonly filters: readonly Filter[];
  readonly statuses: number;
  readonly after: boolean;
}

/** For each status a short walk along an index; of what they bring, the newest. Costs the same at any size. */
function walkIndexes({ queries }: Dialect, shape: Shape, slots: Slots) {
  const walk = (status: string | undefined) => {
    let query = queries.selectFrom('tasks').select('num');
    if (status !== undefined) query = query.where('status', '=', status);
    for (const filter of shape.filters) query = query.where(COLUMNS[filter], '=', slots[filter]);
    if (shape.after) query = query.where('num', '<', slots.before);
    return query.orderBy('num', 'desc').limit(slots.limit);
  };
  const walks = (shape.statuses === 0 ? [undefined] : statusSlots(shape, slots)).map((status) =>
    queries.selectFrom(walk(status).as('walk')).select('num'),
  );
  const found = walks.reduce((all, one) => all.unionAll(one));
  return queries
    .selectFrom('tasks')
    .select(['num', 'seq', 'doc'])
    .where(
      'num',
      'in',
      queries.selectFrom(found.as('found')).select('num').orderBy('num', 'desc').limit(slots.limit),
    )
    .orderBy('num', 'desc');
}

/** Walks what the search index finds, newest first. The filters are in the expression too; here they are exact. */
function search({ queries, search }: Dialect, shape: Shape, slots: Slots) {
  let query = queries
    .selectFrom('task_search')
    .innerJoin('tasks', 'tasks.num', 'task_search.rowid')
    .select(['tasks.num', 'tasks.seq', 'tasks.doc'])
    .where(search.condition(slots.expression) as Expression<SqlBool>);
  if (shape.statuses > 0) query = query.where('tasks.status', 'in', statusSlots(shape, slots));
  for (const filter of shape.filters) query = query.where(`tasks.${COLUMNS[filter]}`, '=', slots[filter]);
  if (shape.after) query = query.where('task_search.rowid', '<', slots.before);
  return query.orderBy('task_search.rowid', 'desc').limit(slots.limit);
}

const statusSlots = ({ statuses }: Shape, slots: Slots): string[] =>
  Array.from({ length: statuses }, (_, index) => slots[`status${index}` as 'status0']);
