import { AppError } from '../base/errors.ts';
import type { Store } from '../store/ports.ts';
import type { Task } from '../task/task.ts';

/** Settles when a task has ended, as it is kept, whichever host works on it. @throws {AppError} `task_not_found` */
export async function taskEnd(store: Pick<Store, 'changes' | 'tasks'>, taskId: string): Promise<Task> {
  const ended = Promise.withResolvers<Task>();
  const undo = store.changes.follow((changes) => {
    for (const change of changes)
      if (change.type === 'task' && change.task.id === taskId && change.task.endedAt !== undefined)
        ended.resolve(change.task);
  });
  try {
    const now = await store.tasks.get(taskId);
    if (now === undefined) throw new AppError('task_not_found', `There is no task ${taskId}.`);
    return now.endedAt === undefined ? await ended.promise : now;
  } finally {
    undo();
  }
}
