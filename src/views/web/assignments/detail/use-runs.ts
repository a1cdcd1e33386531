import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../../data/api.ts';
import { records } from '../../data/records.ts';
import type { Assignment, Run } from '../../data/types.ts';
import { useRecords } from '../../hooks/use-record.ts';
import type { Usual } from './usual.ts';

const PAGE = 40;

/** The runs of an assignment, newest first: the pages that were fetched, and what the stream brought since. Ids only. */
export function useRuns(assignmentId: string) {
  const pages = useInfiniteQuery({
    queryKey: ['runs', assignmentId],
    queryFn: async ({ pageParam }) => {
      const page = await api.runs(assignmentId, PAGE, pageParam);
      records.put('run', page.runs as readonly Run[], 'answer');
      records.flush();
      return { next: page.nextCursor, oldest: page.runs.at(-1)?.createdAt ?? '' };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const last = pages.data?.pages.at(-1);
  const oldest = last === undefined || last.next === null ? '' : last.oldest;
  const ids = useRecords(
    'run',
    useCallback(
      (all: readonly Run[]) =>
        all
          .filter((run) => run.assignmentId === assignmentId && run.createdAt >= oldest)
          .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0))
          .map(({ id }) => id),
      [assignmentId, oldest],
    ),
  );
  return { ids, pages };
}

/** How long its completed runs take; asked again when another has ended. */
export function useUsual({ id, lastRun }: Assignment): Usual | undefined {
  const { data } = useQuery({
    queryKey: ['usual', id, lastRun?.runId, lastRun?.state],
    queryFn: async () => (await api.runs(id, 1)).usual ?? null,
    placeholderData: keepPreviousData,
  });
  return data ?? undefined;
}
