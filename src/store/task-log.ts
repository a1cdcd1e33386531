import { type Database, first, rows, type Script } from './database.ts';
import type { Dialect } from './dialect.ts';
import { DEFAULT_LOG_CAPS, type LogCaps } from './log-caps.ts';
import { cutText, fitLine, placeLines } from './log-shape.ts';
import type { TaskLog } from './ports.ts';
import { fromExcluded, prepare, prepareMany } from './prepare.ts';
import type { LogEntry, LogKind } from './records.ts';
import type { LogRow, LogSizes } from './tables.ts';

interface Line {
  readonly taskId: string;
  readonly at: string;
  readonly kind: LogKind;
  readonly text: string;
}

/** How many lines are looked at together when the oldest of the tail go. */
const DROP_BATCH = 500;
/** A full tail is cut down to this share, so that not every line has to drop one. */
const TAIL_SHARE = 0.9;

export function createTaskLog(
  database: Database,
  dialect: Dialect,
  caps: LogCaps = DEFAULT_LOG_CAPS,
): TaskLog {
  const { queries } = dialect;
  const columns = ['task_id', 'n', 'at', 'kind', 'text', 'bytes'] as const;
  // The first statement for a task: it takes the numbers, and with them the lock on this task's log.
  const takeNumbers = prepare((slot: { task_id: string; count: number }) =>
    queries
      .insertInto('task_log_sizes')
      .values({
        task_id: slot.task_id,
        last_n: slot.count,
        head_bytes: 0,
        tail_from: 0,
        tail_bytes: 0,
        cut_lines: 0,
        cut_bytes: 0,
      })
      .onConflict((on) =>
        on.column('task_id').doUpdateSet((eb) => ({
          last_n: eb('task_log_sizes.last_n', '+', eb.ref('excluded.last_n')),
        })),
      )
      .returningAll(),
  );
  const insert = prepareMany(columns, (values: readonly LogRow[]) =>
    queries
      .insertInto('task_log')
      .values(values)
      .onConflict((on) =>
        on.columns(['task_id', 'n']).doUpdateSet(fromExcluded(['at', 'kind', 'text', 'bytes'])),
      ),
  );
  const noteSizes = prepare((slot: LogSizes) =>
    queries
      .updateTable('task_log_sizes')
      .set({
        head_bytes: slot.head_bytes,
        tail_from: slot.tail_from,
        tail_bytes: slot.tail_bytes,
        cut_lines: slot.cut_lines,
        cut_bytes: slot.cut_bytes,
      })
      .where('task_id', '=', slot.task_id),
  );
  const oldest = prepare((slot: { task_id: string; from: number; limit: number }) =>
    queries
      .selectFrom('task_log')
      .select(['n', 'bytes'])
      .where('task_id', '=', slot.task_id)
      .where('n', '>=', slot.from)
      .where('kind', '<>', 'cut')
      .orderBy('n')
      .limit(slot.limit),
  );
  const drop = prepare((slot: { task_id: string; from: number; to: number }) =>
    queries
      .deleteFrom('task_log')
      .where('task_id', '=', slot.task_id)
      .where('n', '>=', slot.from)
      .where('n', '<=', slot.to),
  );
  const entries = prepare((slot: { taskId: string; after: number; limit: number }) =>
    queries
      .selectFrom('task_log')
      .select(['n', 'at', 'kind', 'text'])
      .where('task_id', '=', slot.taskId)
      .where('n', '>', slot.after)
      .orderBy('n')
      .limit(slot.limit),
  );

  const newest = prepare((slot: { taskId: string; limit: number }) =>
    queries
      .selectFrom('task_log')
      .select(['n', 'at', 'kind', 'text'])
      .where('task_id', '=', slot.taskId)
      .orderBy('n', 'desc')
      .limit(slot.limit),
  );

  function* appendTo(taskId: string, lines: readonly Line[]): Script<void> {
    const old = (yield* first(takeNumbers({ task_id: taskId, count: lines.length })))!;
    const from = old.last_n - lines.length + 1;
    const logged = lines.map(
      ({ at, kind, text }, index): LogRow => ({
        task_id: taskId,
        n: from + index,
        at,
        kind,
        ...fitLine(text, caps),
      }),
    );
    for (const statement of insert(logged)) yield* rows(statement);
    const sizes = placeLines(old, logged, caps);
    const cut = sizes.tail_bytes > caps.tailBytes ? yield* cutTail(sizes, logged.at(-1)!.at) : sizes;
    yield* rows(noteSizes(cut));
  }

  /** Drops the oldest of the tail and puts the one cut entry where its first line stood. */
  function* cutTail(sizes: LogSizes, at: string): Script<LogSizes> {
    const { task_id, tail_from } = sizes;
    const spare = sizes.tail_bytes - caps.tailBytes * TAIL_SHARE;
    let lines = 0;
    let bytes = 0;
    while (bytes < spare) {
      const found = yield* rows(oldest({ task_id, from: tail_from, limit: DROP_BATCH }));
      if (found.length === 0) break;
      let to = 0;
      for (const line of found) {
        if (bytes >= spare) break;
        bytes += line.bytes;
        lines += 1;
        to = line.n;
      }
      yield* rows(drop({ task_id, from: tail_from, to }));
    }
    const cut_lines = sizes.cut_lines + lines;
    const cut_bytes = sizes.cut_bytes + bytes;
    const text = cutText(cut_lines, cut_bytes);
    for (const statement of insert([{ task_id, n: tail_from, at, kind: 'cut', text, bytes: 0 }]))
      yield* rows(statement);
    return { ...sizes, tail_bytes: sizes.tail_bytes - bytes, cut_lines, cut_bytes };
  }

  return {
    async append(lines) {
      if (lines.length === 0) return;
      const byTask = Map.groupBy(lines, ({ taskId }) => taskId);
      const taskIds = [...byTask.keys()].sort(); // one order for all, so that no two wait for each other
      await database.write(
        'quick',
        (function* () {
          for (const taskId of taskIds) yield* appendTo(taskId, byTask.get(taskId)!);
        })(),
      );
    },
    async read(query) {
      return (await database.read(rows(entries(query)))) as readonly LogEntry[];
    },
    async tail(query) {
      return (await database.read(rows(newest(query)))).toReversed() as readonly LogEntry[];
    },
  };
}
