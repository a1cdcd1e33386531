import type { Task } from '../../../task/task.ts';
import type { TaskFilter } from '../client/task-filter.ts';
import { isActive } from './status-look.ts';
import { type Frame, taskHeader, taskLine } from './task-table.ts';

export const NOTHING_RUNNING = 'Nothing is running. Long work by the assistant appears here by itself.';
const NOTHING_FITS = 'No task fits the filters.';

/** The tasks shown together, in the order in which they are shown. */
export interface Board {
  /** Those that need an answer first, then oldest first, so that progress moves no row. */
  readonly active: readonly Task[];
  /** The newest end first. */
  readonly ended: readonly Task[];
}

export function boardOf(tasks: Iterable<Task>): Board {
  const all = [...tasks];
  const needs = (task: Task) => (task.status === 'input_required' ? 0 : 1);
  return {
    active: all
      .filter(isActive)
      .sort((a, b) => needs(a) - needs(b) || compare(a.createdAt, b.createdAt) || compare(a.id, b.id)),
    ended: all
      .filter((task) => !isActive(task))
      .sort((a, b) => compare(b.endedAt ?? '', a.endedAt ?? '') || compare(b.id, a.id)),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The board as lines, at most `rows` of them. Ended rows give way first, down to one; then the running ones
 * that stand last, and the count of what is not shown takes their place.
 */
export function boardLines(
  board: Board,
  frame: Frame,
  { rows = Number.POSITIVE_INFINITY, filter = {} }: { rows?: number; filter?: TaskFilter } = {},
): string[] {
  const { active, ended } = board;
  if (active.length + ended.length === 0) return [emptyWords(filter)];
  const head = taskHeader(frame);
  const draw = (tasks: readonly Task[]) => tasks.map((task) => taskLine(task, frame));
  if (active.length === 0) {
    const words = filter.statuses ? [] : [NOTHING_RUNNING, ''];
    return [...words, ...head, ...draw(ended)].slice(0, rows);
  }
  const room = rows - head.length;
  const endedRoom = ended.length === 0 ? 0 : Math.max(2, Math.min(ended.length + 1, room - active.length));
  const hidden = active.length > room - endedRoom ? active.length - (room - endedRoom) + 1 : 0;
  return [
    ...head,
    ...draw(active.slice(0, active.length - hidden)),
    ...(hidden > 0 ? [frame.paint(`… and ${hidden} more running`, 'dim')] : []),
    ...(endedRoom > 0 ? ['', ...draw(ended.slice(0, endedRoom - 1))] : []),
  ];
}

const emptyWords = (filter: TaskFilter): string =>
  Object.values(filter).some((value) => value !== undefined) ? NOTHING_FITS : NOTHING_RUNNING;
