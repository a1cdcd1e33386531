import { ENDED_STATUSES, type Status } from '../../task/status.ts';
import type { Task } from '../../task/task.ts';
import { toDoc } from '../doc.ts';
import type { TaskRow } from '../tables.ts';

const ENDED: readonly Status[] = ENDED_STATUSES;

export const isEnded = (status: string): boolean => ENDED.includes(status as Status);

/** The columns that have indexes. Progress leaves them as they are, and a write that leaves them out is cheap. */
export const INDEXED_COLUMNS = [
  'status',
  'session_id',
  'parent_id',
  'source_type',
  'server',
  'tool',
  'ended_at',
  'duration_ms',
  'delivery_state',
] as const satisfies readonly (keyof TaskRow)[];

export const TASK_COLUMNS = [
  'num',
  'id',
  'seq',
  ...INDEXED_COLUMNS,
  'doc',
] as const satisfies readonly (keyof TaskRow)[];

export function taskRow(task: Task, num: number): TaskRow {
  const endedAt = isEnded(task.status) ? (task.endedAt ?? task.aliveAt) : null;
  return {
    num,
    id: task.id,
    seq: task.seq,
    status: task.status,
    session_id: task.sessionId ?? null,
    parent_id: task.parentId ?? null,
    source_type: task.source.type,
    server: task.source.server ?? null,
    tool: task.source.tool ?? null,
    ended_at: endedAt,
    duration_ms: endedAt === null ? null : Math.round(Date.parse(endedAt) - Date.parse(task.startedAt)),
    delivery_state: task.delivery.state,
    doc: toDoc(task),
  };
}
