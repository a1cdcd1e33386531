import { useRouterState } from '@tanstack/react-router';

/** Where the reader is, without the query. */
export function usePath(): string {
  return useRouterState({ select: (state) => state.location.pathname });
}
