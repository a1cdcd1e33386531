import type { Store } from '../../../store/ports.ts';
import type { Task } from '../../../task/task.ts';

/** Settles with a task as it is kept when it has ended, or with undefined when the waiting is given up first. */
export async function taskEnd(
  store: Pick<Store, 'tasks' | 'writer'>,
  taskId: string,
  givenUp: Promise<unknown>,
): Promise<Task | undefined> {
  const ended = Promise.withResolvers<Task | undefined>();
  const undo = store.writer.onCommit((changes) => {
    for (const change of changes)
      if (change.type === 'task' && change.task.id === taskId && change.task.endedAt !== undefined)
        ended.resolve(change.task);
  });
  void givenUp.then(() => ended.resolve(undefined));
  try {
    const now = await store.tasks.get(taskId);
    return now?.endedAt === undefined ? await ended.promise : now;
  } finally {
    undo();
  }
}
