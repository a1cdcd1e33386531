import type { Run } from '../../assignment/run.ts';
import { AppError } from '../../base/errors.ts';
import { rows, type Script } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { prepareMany } from '../prepare.ts';

interface Take {
  readonly id: string;
  readonly assignment: string;
  readonly run: string;
  readonly ms: number;
}

/** Marks entries of the inbox as one run's. @throws {AppError} `event_taken`, also for entries that are not there */
export function createTakeEvents({ queries }: Dialect) {
  const take = prepareMany(['id', 'assignment', 'run', 'ms'], (takes: readonly Take[]) =>
    queries
      .updateTable('inbox')
      .set({ taken_by: takes[0]!.run, taken_ms: takes[0]!.ms })
      .where(
        'id',
        'in',
        takes.map(({ id }) => id),
      )
      .where('assignment_id', '=', takes[0]!.assignment)
      .where('taken_by', 'is', null)
      .returning('id'),
  );

  return function* takeEvents(run: Run, inboxIds: readonly string[]): Script<void> {
    const ms = Date.parse(run.endedAt ?? run.startedAt ?? run.createdAt);
    const takes = [...new Set(inboxIds)].map((id) => ({ id, assignment: run.assignmentId, run: run.id, ms }));
    let taken = 0;
    for (const statement of take(takes)) taken += (yield* rows(statement)).length;
    if (taken < takes.length)
      throw new AppError(
        'event_taken',
        `Of ${takes.length} events for the run ${run.id}, ${takes.length - taken} are taken or gone.`,
      );
  };
}
