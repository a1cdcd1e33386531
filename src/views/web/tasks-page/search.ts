import { STATUSES } from '../../../task/status.ts';
import type { Status } from '../data/types.ts';
import type { TaskFilter } from '../task/filter.ts';

/** What stands in the address of the tasks page. `status` names several with commas. */
export interface TasksSearch {
  readonly q?: string;
  readonly status?: string;
  readonly server?: string;
}

/** Reads the address; what makes no sense is left out. */
export function readTasksSearch(search: Record<string, unknown>): TasksSearch {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return (typeof value === 'string' && value !== '') || typeof value === 'number'
      ? String(value)
      : undefined;
  };
  const status = statuses(text('status')).join(',');
  const [q, server] = [text('q'), text('server')];
  return {
    ...(q === undefined ? {} : { q }),
    ...(status === '' ? {} : { status }),
    ...(server === undefined ? {} : { server }),
  };
}

export function toFilter(search: TasksSearch): TaskFilter {
  const { q, server } = search;
  const status = statuses(search.status);
  return {
    ...(q === undefined ? {} : { q }),
    ...(status.length === 0 ? {} : { status }),
    ...(server === undefined ? {} : { server }),
  };
}

function statuses(text: string | undefined): readonly Status[] {
  const words = text?.split(',') ?? [];
  return STATUSES.filter((status) => words.includes(status));
}
