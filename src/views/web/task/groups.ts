import type { Task } from '../data/types.ts';
import { isSameDay } from '../text/when.ts';
import { canBeAsked, canCancel, isActive, isEnded } from './view.ts';

export type GroupName = 'needs' | 'failed' | 'running' | 'ended';

export interface Group {
  readonly name: GroupName;
  readonly tasks: readonly Task[];
}

/**
 * Need-first: Needs you, Failed or lost today, Running, Ended. Running ones stand in order of
 * creation so that nothing moves under the pointer; ended ones newest first. Empty groups are left out.
 */
export function groupTasks(tasks: readonly Task[], nowMs: number): readonly Group[] {
  const groups: Record<GroupName, Task[]> = { needs: [], failed: [], running: [], ended: [] };
  for (const task of tasks) groups[groupOf(task, nowMs)].push(task);
  groups.needs.sort(byCreation);
  groups.running.sort(byCreation);
  groups.failed.sort(newestFirst);
  groups.ended.sort(newestFirst);
  return (['needs', 'failed', 'running', 'ended'] as const)
    .map((name) => ({ name, tasks: groups[name] }))
    .filter((group) => group.tasks.length > 0);
}

/** For the panel beside a chat: what goes on first, by creation; below it what ended, newest first. */
export function splitTasks(tasks: readonly Task[]): { active: readonly Task[]; ended: readonly Task[] } {
  return {
    active: tasks.filter(isActive).sort(byCreation),
    ended: tasks.filter(isEnded).sort(byEnd),
  };
}

/** What cancelling these would do, told before it is done. */
export function planCancel(tasks: readonly Task[]): {
  readonly stoppable: readonly Task[];
  readonly unsupported: number;
  readonly ended: number;
  readonly asked: number;
} {
  return {
    stoppable: tasks.filter(canCancel),
    unsupported: tasks.filter((task) => isActive(task) && !canBeAsked(task)).length,
    ended: tasks.filter(isEnded).length,
    asked: tasks.filter((task) => isActive(task) && canBeAsked(task) && task.cancel.requestedAt !== undefined)
      .length,
  };
}

function groupOf(task: Task, nowMs: number): GroupName {
  if (task.status === 'input_required') return 'needs';
  if (task.status === 'working') return 'running';
  const wentWrong = task.status === 'failed' || task.status === 'lost';
  return wentWrong && isSameDay(task.endedAt ?? task.aliveAt, nowMs) ? 'failed' : 'ended';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byCreation = (a: Task, b: Task): number => compare(a.createdAt, b.createdAt) || compare(a.id, b.id);
const newestFirst = (a: Task, b: Task): number => byCreation(b, a);
const byEnd = (a: Task, b: Task): number =>
  compare(b.endedAt ?? b.aliveAt, a.endedAt ?? a.aliveAt) || newestFirst(a, b);
