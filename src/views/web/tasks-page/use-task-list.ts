import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from '../data/api.ts';
import { hostNow } from '../data/host-clock.ts';
import { records } from '../data/records.ts';
import type { Task } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';
import { filterQuery, matchesFilter, type TaskFilter } from '../task/filter.ts';
import { groupTasks } from '../task/groups.ts';
import { isActive } from '../task/view.ts';
import { sameRows, toRows } from './rows.ts';

const PAGE = 60;

/**
 * The lines of a filter, in groups: the pages that were fetched, and what the stream brought. A task that is known from
 * elsewhere and older than the last fetched page waits for its page, so that nothing jumps while one scrolls.
 * Progress changes no line: each row follows its own task.
 */
export function useTaskList(filter: TaskFilter) {
  const query = filterQuery(filter);
  const pages = useInfiniteQuery({
    queryKey: ['tasks', query],
    queryFn: async ({ pageParam }) => {
      const page = await api.tasks(query, PAGE, pageParam);
      records.put('task', page.tasks, 'answer');
      records.flush();
      const last = page.tasks.at(-1);
      return { next: page.nextCursor, ids: page.tasks.map((task) => task.id), oldest: last?.createdAt ?? '' };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const fetched = useMemo(() => new Set(pages.data?.pages.flatMap((page) => page.ids)), [pages.data]);
  const last = pages.data?.pages.at(-1);
  const oldest = last === undefined || last.next === null ? '' : last.oldest;
  const rows = useRecords(
    'task',
    useCallback(
      (all: readonly Task[]) => {
        const fitting = all.filter((task) => {
          // What the host found stays found, except that its status may have moved out of the filter since.
          if (fetched.has(task.id)) return matchesFilter(task, { ...filter, q: '' });
          return (isActive(task) || task.createdAt >= oldest) && matchesFilter(task, filter);
        });
        return toRows(groupTasks(fitting, hostNow()));
      },
      [fetched, oldest, filter],
    ),
    sameRows,
  );
  return { rows, pages };
}
