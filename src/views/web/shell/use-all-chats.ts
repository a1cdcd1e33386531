import { useQuery } from '@tanstack/react-query';
import { api } from '../data/api.ts';
import { records } from '../data/records.ts';

const MAX_PAGES = 20;

/** Fetches the chats that are older than those that every page has, once they are looked for. */
export function useAllChats(wanted: boolean): void {
  useQuery({
    queryKey: ['all chats'],
    queryFn: async () => {
      let cursor: string | null = null;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await api.sessions(cursor);
        records.put('session', answer.sessions, 'answer');
        cursor = answer.nextCursor;
        if (cursor === null) break;
      }
      return true;
    },
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY, // new ones come with the stream
  });
}
