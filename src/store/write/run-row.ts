import type { Run } from '../../assignment/run.ts';
import { toDoc } from '../doc.ts';
import { indexHash } from '../index-hash.ts';
import type { RunRow } from '../tables.ts';

export const CHANGING_COLUMNS = [
  'seq',
  'assignment_id',
  'key_hash',
  'state',
  'waits_until_ms',
  'duration_ms',
  'doc',
] as const satisfies readonly (keyof RunRow)[];

export const RUN_COLUMNS = ['num', 'id', ...CHANGING_COLUMNS] as const satisfies readonly (keyof RunRow)[];

export function runRow(run: Run, num: number): RunRow {
  const { id, seq, assignmentId, key, state, notBefore, startedAt, endedAt } = run;
  return {
    num,
    id,
    seq,
    assignment_id: assignmentId,
    key_hash: indexHash(key),
    state,
    waits_until_ms: state === 'waiting' ? Date.parse(notBefore) : null,
    duration_ms:
      startedAt === undefined || endedAt === undefined ? null : Date.parse(endedAt) - Date.parse(startedAt),
    doc: toDoc(run),
  };
}
