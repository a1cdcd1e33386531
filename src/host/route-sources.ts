import { AppError } from '../base/errors.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/ports.ts';
import type { TaskSource } from '../task/task.ts';
import { askFellowHost } from './fellow-hosts.ts';

/** All sources behind one: what is asked of a task goes to whoever works on it, at whichever host. */
export function routeSources(
  store: Pick<Store, 'hosts' | 'tasks'>,
  sources: Readonly<Partial<Record<TaskSource['type'], Source>>>,
): Pick<Source, 'cancel' | 'answer' | 'stopWaiting' | 'fateOf'> {
  async function of(taskId: string): Promise<Pick<Source, 'cancel' | 'answer' | 'stopWaiting'>> {
    const [task, host] = await Promise.all([store.tasks.get(taskId), store.tasks.hostOf(taskId)]);
    // What has ended is refused here as anywhere.
    const isElsewhere = task?.endedAt === undefined && host !== (store.hosts?.id ?? '');
    const source = task && (isElsewhere ? askFellowHost(store, host ?? '') : sources[task.source.type]);
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
