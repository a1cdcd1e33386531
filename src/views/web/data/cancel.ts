import { api } from './api.ts';
import { errorWords } from './client.ts';
import { records } from './records.ts';
import { showToast } from './toasts.ts';
import type { Task } from './types.ts';

/** Tasks that were stopped from this page: their end is no news here. */
export const ownCancels = new Set<string>();

/**
 * Asks for a stop. What happens then is told by the feed; a refusal is shown as a note.
 * `quiet`: the caller tells of refusals itself.
 */
export async function cancelTask(task: Task, quiet = false): Promise<boolean> {
  ownCancels.add(task.id);
  try {
    records.put('task', [await api.cancelTask(task.id)], 'answer');
    return true;
  } catch (error) {
    ownCancels.delete(task.id);
    if (!quiet) showToast(`${task.title}: ${errorWords(error)}`, { kind: 'error', taskId: task.id });
    return false;
  }
}

/**
 * Ends the waiting, or with a list the server's processes, with the other work that is named in it.
 * @throws as `request` does
 */
export async function giveUpTask(task: Task, how: 'stop waiting' | readonly string[]): Promise<void> {
  ownCancels.add(task.id);
  try {
    const answer = how === 'stop waiting' ? await api.stopWaiting(task.id) : await api.endTask(task.id, how);
    records.put('task', [answer], 'answer');
  } catch (error) {
    ownCancels.delete(task.id);
    throw error;
  }
}

/** Several at once, a few at a time. @returns how many were asked to stop */
export async function cancelTasks(tasks: readonly Task[]): Promise<number> {
  const waiting = [...tasks];
  let asked = 0;
  const worker = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      if (await cancelTask(task, true)) asked += 1;
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return asked;
}
