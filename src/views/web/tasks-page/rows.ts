import type { Group, GroupName } from '../task/groups.ts';

/** A line of the virtual list: the head of a group, or a task. */
export type Row =
  | { readonly type: 'head'; readonly name: GroupName; readonly count: number }
  | { readonly type: 'task'; readonly id: string };

export function toRows(groups: readonly Group[]): readonly Row[] {
  return groups.flatMap((group): readonly Row[] => [
    { type: 'head', name: group.name, count: group.tasks.length },
    ...group.tasks.map((task): Row => ({ type: 'task', id: task.id })),
  ]);
}

/** The next task row from `index` in the direction of `step`, over heads; the same when there is none. */
export function nextTaskRow(rows: readonly Row[], index: number, step: 1 | -1): number {
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    if (rows[at]?.type === 'task') return at;
  }
  return index;
}

/** Whether both show the same lines in the same order. */
export function sameRows(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, index) => sameRow(row, b[index]));
}

function sameRow(a: Row, b: Row | undefined): boolean {
  if (a.type === 'task') return b?.type === 'task' && a.id === b.id;
  return b?.type === 'head' && a.name === b.name && a.count === b.count;
}
