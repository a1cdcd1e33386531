import type { Run } from '../../assignment/run.ts';
import { AppError } from '../../base/errors.ts';
import { rows, type Script } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { RunWrite } from '../ports.ts';
import { fromExcluded, prepare, prepareMany } from '../prepare.ts';
import type { RunRow } from '../tables.ts';
import { newestByKey } from './newest.ts';
import { CHANGING_COLUMNS, RUN_COLUMNS, runRow } from './run-row.ts';
import { createTakeEvents } from './take-events.ts';

export type NumberedRun = Omit<RunWrite, 'run'> & { readonly run: Run };

/**
 * Writes runs under their conditions. Nobody else can write a run between the look at what is stored and the commit:
 * with SQLite a transaction that writes is alone, and with PostgreSQL every commit begins by taking the counter's
 * row lock (`Counters.take`). Whoever waited for it sees in its later statements what the one before has committed,
 * as each statement of READ COMMITTED looks anew; under a stricter level PostgreSQL would refuse the later one. A
 * second run of one key is kept out by the unique index in any case. A run that goes on belongs to the host that began
 * it, or took it over: nobody else writes it.
 */
export function createWriteRuns(
  dialect: Dialect,
  host: string,
): (writes: readonly NumberedRun[]) => Script<void> {
  const { queries } = dialect;
  const takeEvents = createTakeEvents(dialect);
  const selectStates = prepareMany(['id'], (keys: readonly { id: string }[]) =>
    queries
      .selectFrom('runs')
      .select(['id', 'state', 'host'])
      .where(
        'id',
        'in',
        keys.map(({ id }) => id),
      ),
  );
  const upsert = prepareMany([...RUN_COLUMNS, 'host'], (values: readonly (RunRow & { host: string })[]) =>
    queries
      .insertInto('runs')
      .values(values)
      .onConflict((on) => on.column('id').doUpdateSet(fromExcluded([...CHANGING_COLUMNS, 'host']))),
  );

  const takeTask = prepare((slot: { id: string; host: string }) =>
    queries
      .updateTable('tasks')
      .set({ host: slot.host })
      .where('id', '=', slot.id)
      .where('host', '<>', slot.host),
  );

  return function* (writes) {
    const states = new Map<string, Stored>();
    // A host that is alone has nobody who might perform a run of its own.
    const looked = host === '' ? writes.filter(({ isNew, expects }) => isNew || expects) : writes;
    for (const statement of selectStates(looked.map(({ run }) => ({ id: run.id }))))
      for (const { id, state, host } of yield* rows(statement)) states.set(id, { state, host });
    for (const write of writes) {
      // One after the other: several writes of one run may go into one transaction.
      checkState(write, states.get(write.run.id), host);
      states.set(write.run.id, { state: write.run.state, host });
    }
    const newest = newestByKey(
      writes.map(({ run }) => run),
      ({ id }) => id,
    );
    for (const statement of upsert(
      newest.map(({ record, firstSeq }) => ({ ...runRow(record, firstSeq), host })),
    ))
      yield* rows(statement);
    // Its next try may be made by another host than the one before: the task that shows it goes along.
    for (const { run } of writes)
      if (host !== '' && run.state === 'running' && run.attempt > 1 && run.taskId !== undefined)
        yield* rows(takeTask({ id: run.taskId, host }));
    for (const { run, takes } of writes) if (takes) yield* takeEvents(run, takes);
  };
}

interface Stored {
  readonly state: string;
  readonly host: string;
}

/** @throws {AppError} `run_exists`, `run_taken` */
function checkState({ run, isNew, expects }: NumberedRun, stored: Stored | undefined, host: string): void {
  const state = stored?.state;
  if (state === 'running' && stored?.host !== host)
    throw new AppError('run_taken', `Another host performs the run ${run.id}.`);
  if (isNew && state !== undefined)
    throw new AppError('run_exists', `There is a run ${run.id}, and it is ${state}.`);
  if (expects && !(expects as readonly (string | undefined)[]).includes(state))
    throw new AppError(
      'run_taken',
      state === undefined
        ? `There is no run ${run.id}.`
        : `The run ${run.id} is ${state}, not ${expects.join(' or ')}.`,
    );
}
