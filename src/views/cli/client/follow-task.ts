import type { Task } from '../../../task/task.ts';
import { isActive } from '../render/status-look.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';
import { followEvents } from './follow-events.ts';

/** What is told while a task is followed. `text` is the task as the API sent it. */
export interface TaskListener {
  changed(task: Task, text: string): void;
  connection(state: 'lost' | 'back'): void;
}

export const getTask = (host: Host, id: string) => ask<Task>(host, `/api/tasks/${encodeURIComponent(id)}`);

/**
 * Follows a task until it has ended or the signal says stop; returns it as it was seen last.
 * @throws {AppError} when the host refuses
 */
export async function followTask(
  find: () => Promise<Host>,
  start: Task,
  listener: TaskListener,
  signal: AbortSignal,
): Promise<Task> {
  let task = start;
  if (!isActive(task)) return task;
  for await (const item of followEvents({ find, after: task.seq, session: task.sessionId, signal })) {
    if (item.kind !== 'event') {
      listener.connection(item.kind);
      continue;
    }
    const news = await newsOf(item, task.id, find);
    if (!news || news.body.seq <= task.seq) continue;
    task = news.body;
    listener.changed(task, news.text);
    if (!isActive(task)) break;
  }
  return task;
}

async function newsOf(item: { type: string; data: string }, id: string, find: () => Promise<Host>) {
  if (item.type === 'resync') return getTask(await find(), id);
  if (item.type !== 'task') return undefined;
  const body = JSON.parse(item.data) as Task;
  return body.id === id ? { body, text: item.data } : undefined;
}
