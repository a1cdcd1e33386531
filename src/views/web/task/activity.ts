import { ACTIVE_STATUSES, ENDED_STATUSES } from '../../../task/status.ts';
import type { Task } from '../data/types.ts';

export function isActive(task: Pick<Task, 'status'>): boolean {
  return (ACTIVE_STATUSES as readonly string[]).includes(task.status);
}

export function isEnded(task: Pick<Task, 'status'>): boolean {
  return (ENDED_STATUSES as readonly string[]).includes(task.status);
}
