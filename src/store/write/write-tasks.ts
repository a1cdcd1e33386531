import type { Handle } from '../../task/report.ts';
import type { Task } from '../../task/task.ts';
import { rows, type Script } from '../database.ts';
import type { Dialect, SearchEntry } from '../dialect.ts';
import { fromExcluded, prepareMany } from '../prepare.ts';
import { searchWords } from '../search-words.ts';
import type { TaskRow } from '../tables.ts';
import type { Counters } from './counters.ts';
import { newestByKey } from './newest.ts';
import { INDEXED_COLUMNS, isEnded, TASK_COLUMNS, taskRow } from './task-row.ts';

type Old = Pick<TaskRow, 'num' | 'id' | (typeof INDEXED_COLUMNS)[number]>;

export type WriteTasks = (
  tasks: readonly Task[],
  contents: ReadonlyMap<string, string>,
  handles: ReadonlyMap<string, Handle | null>,
) => Script<void>;

/** Writes tasks with their results, and keeps the counts and the search index in step. */
/** @param host whose work a new task is; a task that is there stays with whoever has it */
export function createWriteTasks(dialect: Dialect, counters: Counters, host = ''): WriteTasks {
  const { queries, search } = dialect;
  const selectOld = prepareMany(['id'], (keys: readonly { id: string }[]) =>
    queries
      .selectFrom('tasks')
      .select(['num', 'id', ...INDEXED_COLUMNS])
      .where(
        'id',
        'in',
        keys.map(({ id }) => id),
      ),
  );
  const upsert = (columns: readonly (keyof TaskRow)[]) =>
    prepareMany([...TASK_COLUMNS, 'host'], (values: readonly (TaskRow & { host: string })[]) =>
      queries
        .insertInto('tasks')
        .values(values)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(fromExcluded(columns))),
    );
  const writeWhole = upsert(['seq', 'doc', ...INDEXED_COLUMNS]);
  const writeProgress = upsert(['seq', 'doc']);
  const writeResults = prepareMany(
    ['task_num', 'content'],
    (values: readonly { task_num: number; content: string }[]) =>
      queries
        .insertInto('task_results')
        .values(values)
        .onConflict((conflict) => conflict.column('task_num').doNothing()),
  );

  const writeHandles = prepareMany(
    ['task_num', 'doc'],
    (values: readonly { task_num: number; doc: string }[]) =>
      queries
        .insertInto('task_handles')
        .values(values)
        .onConflict((conflict) => conflict.column('task_num').doUpdateSet(fromExcluded(['doc']))),
  );
  const dropHandles = prepareMany(['num'], (nums: readonly { num: number }[]) =>
    queries.deleteFrom('task_handles').where(
      'task_num',
      'in',
      nums.map(({ num }) => num),
    ),
  );

  const ours = (row: TaskRow) => ({ ...row, host });

  return function* writeTasks(tasks, contents, handles) {
    const newest = newestByKey(tasks, ({ id }) => id);
    const oldById = new Map<string, Old>();
    for (const statement of selectOld(newest.map(({ record }) => ({ id: record.id }))))
      for (const old of yield* rows(statement)) oldById.set(old.id, old);

    const whole: TaskRow[] = [];
    const progress: TaskRow[] = [];
    const found: SearchEntry[] = [];
    const results: { task_num: number; content: string }[] = [];
    const held: { task_num: number; doc: string }[] = [];
    const dropped: { num: number }[] = [];
    const counts = new Map<string, number>();
    for (const { record, firstSeq } of newest) {
      const old = oldById.get(record.id);
      const row = taskRow(record, old?.num ?? firstSeq);
      (old && INDEXED_COLUMNS.every((column) => old[column] === row[column]) ? progress : whole).push(row);
      const content = contents.get(record.id);
      if (content !== undefined) results.push({ task_num: row.num, content });
      const handle = handles.get(record.id);
      if (handle === null) dropped.push({ num: row.num });
      else if (handle !== undefined) held.push({ task_num: row.num, doc: JSON.stringify(handle) });
      if (old?.status !== row.status) {
        if (old) counts.set(old.status, (counts.get(old.status) ?? 0) - 1);
        counts.set(row.status, (counts.get(row.status) ?? 0) + 1);
      }
      if (!old || isFoundAnew(old, row)) found.push({ num: row.num, words: searchWords(record) });
    }
    for (const statement of writeWhole(whole.map(ours))) yield* rows(statement);
    for (const statement of writeProgress(progress.map(ours))) yield* rows(statement);
    for (const statement of writeResults(results)) yield* rows(statement);
    for (const statement of writeHandles(held)) yield* rows(statement);
    for (const statement of dropHandles(dropped)) yield* rows(statement);
    for (const statement of search.put(found)) yield* rows(statement);
    for (const [status, change] of counts) if (change !== 0) yield* counters.add(`tasks.${status}`, change);
  };
}

const FACET_COLUMNS = ['session_id', 'parent_id', 'source_type', 'server'] as const;

/** Words are indexed at creation and at the end: what comes between changes too often to be worth it. */
const isFoundAnew = (old: Old, row: TaskRow): boolean =>
  (old.status !== row.status && (isEnded(row.status) || isEnded(old.status))) ||
  FACET_COLUMNS.some((column) => old[column] !== row[column]);
