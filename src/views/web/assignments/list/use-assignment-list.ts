import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from '../../data/api.ts';
import { records } from '../../data/records.ts';
import type { Assignment } from '../../data/types.ts';
import { useRecords } from '../../hooks/use-record.ts';
import { type AssignmentsSearch, fits, inOrder, listQuery } from './search.ts';

const PAGE = 60;

/** The ids that a filter finds: the pages that were fetched, and what the stream brought since. */
export function useAssignmentList(search: AssignmentsSearch) {
  const query = listQuery(search);
  const pages = useInfiniteQuery({
    queryKey: ['assignments', query],
    queryFn: async ({ pageParam }) => {
      const page = await api.assignments(query, PAGE, pageParam);
      const assignments = page.assignments as readonly Assignment[];
      records.put('assignment', assignments, 'answer');
      records.flush();
      const oldest = assignments.at(-1)?.createdAt ?? '';
      return { next: page.nextCursor, ids: assignments.map(({ id }) => id), oldest };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const fetched = useMemo(() => new Set(pages.data?.pages.flatMap((page) => page.ids)), [pages.data]);
  const last = pages.data?.pages.at(-1);
  const oldest = last === undefined || last.next === null ? '' : last.oldest;
  const { q, state } = search;
  const ids = useRecords(
    'assignment',
    useCallback(
      (all: readonly Assignment[]) => {
        const filter = { ...(q !== undefined && { q }), ...(state !== undefined && { state }) };
        const fitting = all.filter((each) => {
          // What the host found stays found, except that its state may have moved out of the filter since.
          if (fetched.has(each.id)) return state === undefined || each.state === state;
          return each.createdAt >= oldest && fits(each, filter);
        });
        return inOrder(fitting).map(({ id }) => id);
      },
      [fetched, oldest, q, state],
    ),
  );
  return { ids, pages };
}
