import type { Status, Task } from '../data/types.ts';

/** What the tasks page looks for; it stands in the address. */
export interface TaskFilter {
  readonly q?: string;
  readonly status?: readonly Status[];
  readonly server?: string;
}

/**
 * Whether a task that came with the stream belongs into a filtered list. The rule of the API: all words must
 * match in title, tool, arguments or result preview, and the beginning of a word is enough.
 */
export function matchesFilter(task: Task, filter: TaskFilter): boolean {
  if (filter.status !== undefined && filter.status.length > 0 && !filter.status.includes(task.status))
    return false;
  if (filter.server !== undefined && task.source.server !== filter.server) return false;
  const wanted = words(filter.q ?? '');
  if (wanted.length === 0) return true;
  const { server, tool, args } = task.source;
  const there = words(
    [task.title, server, tool, JSON.stringify(args ?? {}), task.result?.preview ?? ''].join(' '),
  );
  return wanted.every((word) => there.some((candidate) => candidate.startsWith(word)));
}

/** The address of the list, without cursor. */
export function filterQuery(filter: TaskFilter): string {
  const query = new URLSearchParams();
  if (filter.q?.trim()) query.set('q', filter.q.trim());
  if (filter.status?.length) query.set('status', filter.status.join(','));
  if (filter.server) query.set('server', filter.server);
  return query.toString();
}

function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
