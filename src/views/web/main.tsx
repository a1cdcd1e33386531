import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startNotingPresence } from './away/last-seen.ts';
import { startAnnouncing } from './data/announce.ts';
import { ProblemError } from './data/client.ts';
import { startTicking } from './data/host-clock.ts';
import { startTheme } from './data/preferences.ts';
import { resyncs, startSync } from './data/sync.ts';
import { router } from './router.tsx';
import './styles.css';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The stream keeps records fresh; what was fetched is fetched again only after a gap.
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && !(error instanceof ProblemError),
    },
  },
});

startTheme();
startTicking();
startNotingPresence();
resyncs.subscribe(() => void queries.invalidateQueries());
startAnnouncing(() => {
  const { pathname } = router.state.location;
  if (pathname.startsWith('/assignments')) return 'assignments';
  return pathname.startsWith('/tasks') ? 'all tasks' : pathname.split('/chat/')[1];
});
void startSync();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
