import { AppError } from '../base/errors.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/ports.ts';
import type { TaskSource } from '../task/task.ts';

/** All sources behind one: what is asked of a task goes to whoever works on it. */
export function routeSources(
  store: Pick<Store, 'tasks'>,
  sources: Readonly<Partial<Record<TaskSource['type'], Source>>>,
): Pick<Source, 'cancel' | 'answer' | 'stopWaiting' | 'fateOf'> {
  async function of(taskId: string): Promise<Source> {
    const task = await store.tasks.get(taskId);
    const source = task && sources[task.source.type];
    if (source === undefined) throw new AppError('task_not_found', `There is no task ${taskId}.`);
    return source;
  }
  return {
    cancel: async (taskId, options) => (await of(taskId)).cancel(taskId, options),
    answer: async (taskId, answer) => (await of(taskId)).answer(taskId, answer),
    stopWaiting: async (taskId, by) => (await of(taskId)).stopWaiting(taskId, by),
    fateOf: (task) => sources[task.source.type]?.fateOf(task) ?? 'lost',
  };
}
