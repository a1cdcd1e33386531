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
export function boardLines(board: Board, frame: Frame, rows = Number.POSITIVE_INFINITY, filter?: TaskFilter) {
  const { paint } = frame;
  if (board.active.length + board.ended.length === 0) return [emptyWords(filter)];
  const lines = taskHeader(frame);
  const heading = board.active.length > 0 ? [] : [NOTHING_RUNNING];
  const room = rows - lines.length - heading.length;
  const gap = board.ended.length > 0 ? 1 : 0;
  const endedRoom = Math.max(gap, Math.min(board.ended.length, room - gap - board.active.length));
  const activeRoom = room - (gap ? gap + endedRoom : 0);
  const hidden = board.active.length > activeRoom ? board.active.length - activeRoom + 1 : 0;
  const shown = board.active.slice(0, board.active.length - hidden);
  lines.push(...heading, ...shown.map((task) => taskLine(task, frame)));
  if (hidden) lines.push(paint(`… and ${hidden} more running`, 'dim'));
  if (gap) lines.push('', ...board.ended.slice(0, endedRoom).map((task) => taskLine(task, frame)));
  return lines;
}

const emptyWords = (filter: TaskFilter = {}): string =>
  Object.values(filter).some((value) => value !== undefined) ? NOTHING_FITS : NOTHING_RUNNING;
