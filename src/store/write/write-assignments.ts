import type { Assignment } from '../../assignment/assignment.ts';
import { AppError } from '../../base/errors.ts';
import { assignmentWords } from '../assignment-words.ts';
import { rows, type Script } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { toDoc } from '../doc.ts';
import { fromExcluded, prepareMany } from '../prepare.ts';
import type { AssignmentRow, Tables } from '../tables.ts';
import { newestByKey } from './newest.ts';

/**
 * @param hooks by assignment id: the hash of its hook's token, or null to take it away
 * @param seqs by assignment id: the seq that it must have now
 * @throws {AppError} `assignment_changed`
 */
export type WriteAssignments = (
  assignments: readonly Assignment[],
  hooks: ReadonlyMap<string, string | null>,
  seqs: ReadonlyMap<string, number>,
) => Script<void>;

export function createWriteAssignments({ queries }: Dialect): WriteAssignments {
  const changing = ['seq', 'state', 'session_id', 'next_due_ms', 'listens_to', 'words', 'doc'] as const;
  const upsert = prepareMany(['num', 'id', ...changing], (values: readonly AssignmentRow[]) =>
    queries
      .insertInto('assignments')
      .values(values)
      .onConflict((on) => on.column('id').doUpdateSet(fromExcluded(changing)))
      .returning(['id', 'num']),
  );
  const putHooks = prepareMany(
    ['assignment_num', 'token_hash'],
    (values: readonly Tables['assignment_hooks'][]) =>
      queries
        .insertInto('assignment_hooks')
        .values(values)
        .onConflict((on) => on.column('assignment_num').doUpdateSet(fromExcluded(['token_hash']))),
  );
  const dropHooks = prepareMany(['num'], (nums: readonly { num: number }[]) =>
    queries.deleteFrom('assignment_hooks').where(
      'assignment_num',
      'in',
      nums.map(({ num }) => num),
    ),
  );

  const selectSeqs = prepareMany(['id'], (keys: readonly { id: string }[]) =>
    queries
      .selectFrom('assignments')
      .select(['id', 'seq'])
      .where(
        'id',
        'in',
        keys.map(({ id }) => id),
      ),
  );

  return function* (assignments, hooks, seqs) {
    for (const statement of selectSeqs([...seqs.keys()].map((id) => ({ id }))))
      for (const { id, seq } of yield* rows(statement))
        if (seq !== seqs.get(id))
          throw new AppError('assignment_changed', `The assignment ${id} was changed meanwhile.`);
    const written = newestByKey(assignments, ({ id }) => id);
    const put: Tables['assignment_hooks'][] = [];
    const dropped: { num: number }[] = [];
    for (const statement of upsert(written.map(({ record, firstSeq }) => assignmentRow(record, firstSeq))))
      for (const { id, num } of yield* rows(statement)) {
        const hash = hooks.get(id);
        if (hash === null) dropped.push({ num });
        else if (hash !== undefined) put.push({ assignment_num: num, token_hash: hash });
      }
    for (const statement of dropHooks(dropped)) yield* rows(statement);
    for (const statement of putHooks(put)) yield* rows(statement);
  };
}

function assignmentRow(assignment: Assignment, num: number): AssignmentRow {
  const { id, seq, state, sessionId, nextDueAt, trigger } = assignment;
  const isOn = state === 'on';
  return {
    num,
    id,
    seq,
    state,
    session_id: sessionId,
    next_due_ms: isOn && nextDueAt !== undefined ? Date.parse(nextDueAt) : null,
    listens_to: isOn && trigger.type === 'event' ? trigger.source.kind : null,
    words: assignmentWords(assignment),
    doc: toDoc(assignment),
  };
}
