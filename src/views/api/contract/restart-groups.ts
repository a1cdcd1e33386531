import type { Task } from '../../../task/task.ts';

/** What became of work over a restart, as it stands now, in the order in which it matters. */
export const RESTART_GROUPS = ['looking', 'running', 'ended', 'lost', 'interrupted'] as const;

export type RestartGroup = (typeof RESTART_GROUPS)[number];

export const RESTART_WORDS: Readonly<Record<RestartGroup, string>> = {
  looking: 'still looked for',
  running: 'found again and still running',
  ended: 'found again and ended since',
  lost: 'lost',
  interrupted: 'interrupted',
};

/** Where a task of the account stands now: it may be found again, end, or be lost while it is looked at. */
export function restartGroup(task: Pick<Task, 'status' | 'contactLost' | 'failure'>): RestartGroup {
  if (task.status === 'lost') return 'lost';
  if (task.failure?.reason === 'interrupted') return 'interrupted';
  if (task.status !== 'working' && task.status !== 'input_required') return 'ended';
  return task.contactLost === undefined ? 'running' : 'looking';
}
