import { ACTIVE_STATUSES, ENDED_STATUSES, type Status } from '../../../task/status.ts';
import type { Task } from '../../../task/task.ts';
import type { TaskPage } from '../../api/contract/types.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';
import type { TaskFilter } from './task-filter.ts';

/** The filter as the API asks for it. */
export function queryOf(filter: TaskFilter, statuses = filter.statuses) {
  const { session, server, words: q } = filter;
  return { status: statuses?.join(','), session, server, q };
}

/**
 * All running tasks (at most 200) and the newest `ended` ended ones. `seq`: follow on from here and nothing
 * is missed.
 */
export async function loadBoard(host: Host, filter: TaskFilter, ended: number) {
  const wanted = (all: readonly Status[]) =>
    all.filter((status) => filter.statuses?.includes(status) ?? true);
  const pageOf = async (statuses: readonly Status[], limit: number) =>
    statuses.length === 0
      ? undefined
      : (await ask<TaskPage>(host, '/api/tasks', { query: { ...queryOf(filter, statuses), limit } })).body;
  const pages = await Promise.all([
    pageOf(wanted(ACTIVE_STATUSES), 200),
    pageOf(wanted(ENDED_STATUSES), ended),
  ]);
  const there = pages.filter((page) => page !== undefined);
  return {
    // A task that ended between the two questions is in both pages; the newer state counts.
    tasks: newest(there.flatMap(({ tasks }) => tasks)),
    seq: Math.min(...there.map(({ seq }) => seq)),
    more: pages[1]?.nextCursor != null,
  };
}

function newest(tasks: readonly Task[]): Task[] {
  const byId = new Map<string, Task>();
  for (const task of tasks) if ((byId.get(task.id)?.seq ?? -1) < task.seq) byId.set(task.id, task);
  return [...byId.values()];
}
