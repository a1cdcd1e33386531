import { sql } from 'kysely';
import type { Run } from '../assignment/run.ts';
import { ACTIVE_STATUSES } from '../task/status.ts';
import type { Task } from '../task/task.ts';
import { compiled } from './compiled.ts';
import { rows, type Script } from './database.ts';
import type { Dialect } from './dialect.ts';
import { fromDoc } from './doc.ts';
import type { Estate } from './ports/hosts.ts';
import type { Message } from './records.ts';
import type { Counters } from './write/counters.ts';

/**
 * Takes over what a host has left, for the inside of one transaction: from here on it can write nothing, and what can
 * be gone on with anywhere is ours.
 */
export function createTakeOver({ queries }: Dialect, counters: Counters, host: string) {
  return function* takeOver(gone: string): Script<Estate> {
    // Waits for what it is writing. Its transactions take their locks in this order, too.
    yield* rows(
      compiled(
        queries
          .updateTable('hosts')
          .set((eb) => ({ state: 'gone' as const, epoch: eb('epoch', '+', 1) }))
          .where('id', '=', gone),
      ),
    );
    yield* counters.take(0);
    const runs = yield* rows(
      compiled(
        queries
          .updateTable('runs')
          .set({ host })
          .where('host', '=', gone)
          .where('state', '=', 'running')
          .returning(['seq', 'doc']),
      ),
    );
    const active = queries.updateTable('tasks').set({ host }).where('host', '=', gone);
    const runTasks = yield* rows(
      compiled(
        active
          .where('status', 'in', [...ACTIVE_STATUSES])
          .where('source_type', '=', 'assignment')
          .returning(['seq', 'doc']),
      ),
    );
    const undelivered = yield* rows(
      compiled(
        active
          .where('delivery_state', '=', sql.lit('pending'))
          .where('ended_at', 'is not', null)
          .returning(['seq', 'doc']),
      ),
    );
    const tasks = yield* rows(
      compiled(
        queries
          .selectFrom('tasks')
          .select(['seq', 'doc'])
          .where('host', '=', gone)
          .where('status', 'in', [...ACTIVE_STATUSES])
          .orderBy('num'),
      ),
    );
    const calls = yield* rows(
      compiled(
        queries
          .selectFrom('messages')
          .select(['seq', 'doc'])
          .where('host', '=', gone)
          .where('has_open_call', '=', sql.lit(1))
          .orderBy('num'),
      ),
    );
    return {
      runs: runs.map((row) => fromDoc<Run>(row)),
      runTasks: runTasks.map((row) => fromDoc<Task>(row)),
      tasks: tasks.map((row) => fromDoc<Task>(row)),
      calls: calls.map((row) => fromDoc<Message>(row)),
      undelivered: undelivered.map((row) => fromDoc<Task>(row)),
    };
  };
}
