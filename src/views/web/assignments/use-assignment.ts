import { useQuery } from '@tanstack/react-query';
import { api } from '../data/api.ts';
import { records } from '../data/records.ts';
import type { Assignment } from '../data/types.ts';
import { useRecord } from '../hooks/use-record.ts';

/** One assignment, fetched where no list has brought it. `removed`: what is known of one that was deleted. */
export function useAssignment(id: string | undefined): {
  readonly assignment: Assignment | undefined;
  readonly removed: Assignment | undefined;
  readonly error: unknown;
} {
  const assignment = useRecord('assignment', id);
  const fetched = useQuery({
    queryKey: ['assignment', id],
    queryFn: async () => {
      const answer = await api.assignment(id as string);
      records.put('assignment', [answer], 'answer');
      records.flush();
      return answer;
    },
    enabled: id !== undefined && assignment === undefined,
    retry: false,
    staleTime: 0,
  });
  const removed = assignment === undefined && fetched.data?.state === 'removed' ? fetched.data : undefined;
  return { assignment, removed, error: fetched.error ?? undefined };
}
