import type { Task } from '../../src/task/task.ts';

/** Status and reason in one word, as the page explains them. */
export function outcome({ status, failure, cancel }: Task): string {
  if (status === 'failed') return failure?.reason ?? 'failed for no reason';
  if (status === 'cancelled') return cancel.answer ?? 'cancelled without an answer';
  if (status === 'completed' && cancel.requestedAt !== undefined) return cancel.answer ?? 'completed';
  return status;
}

/** The word for work that succeeded, in a cell where more than success is meant. */
export const succeeded = (word: string) => (task: Task) =>
  task.status === 'completed' ? word : outcome(task);
