import type { Store } from '../store/ports.ts';
import type { Task } from '../task/task.ts';

const SHOWN = 10;

/** The answer to `/tasks`: what runs in this session and what ended lately, one line each. */
export async function describeTasks(
  store: Pick<Store, 'tasks'>,
  sessionId: string,
  nowMs: number,
): Promise<string> {
  const { tasks } = await store.tasks.list({ sessionId, limit: SHOWN });
  if (tasks.length === 0) return 'No tasks in this chat. Long work appears here by itself.';
  return tasks.map((task) => describe(task, nowMs)).join('\n');
}

function describe(task: Task, nowMs: number): string {
  const endMs = task.endedAt === undefined ? nowMs : Date.parse(task.endedAt);
  const seconds = Math.max(0, Math.round((endMs - Date.parse(task.startedAt)) / 1_000));
  const { progress } = task;
  const done =
    task.endedAt !== undefined || progress?.total === undefined
      ? ''
      : `, ${Math.floor((progress.value / progress.total) * 100)} %`;
  const state =
    task.cancel.requestedAt !== undefined && task.endedAt === undefined ? 'stopping' : task.status;
  return `${task.title}: ${state}${done}, ${seconds} s (${task.id})`;
}
