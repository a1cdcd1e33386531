import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../data/api.ts';
import { records } from '../data/records.ts';
import type { Message } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';
import { rowsOf, sameRows } from './assistant/place.ts';

/**
 * The messages of a chat: pages that were fetched, and what the stream brought since, oldest first. Ids and
 * places only; each message is read by its own component.
 */
export function useMessages(sessionId: string) {
  const pages = useInfiniteQuery({
    queryKey: ['messages', sessionId],
    queryFn: async ({ pageParam }) => {
      const page = await api.messages(sessionId, pageParam);
      records.put('message', page.messages, 'answer');
      records.flush();
      return page.nextCursor;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (cursor) => cursor,
  });
  const rows = useRecords(
    'message',
    useCallback(
      (all: readonly Message[]) => rowsOf(all.filter((message) => message.sessionId === sessionId)),
      [sessionId],
    ),
    sameRows,
  );
  return { rows, pages };
}
