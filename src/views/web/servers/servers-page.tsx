import { useQuery } from '@tanstack/react-query';
import { configError, fetchServers } from '../data/sync.ts';
import type { ServerView } from '../data/types.ts';
import { useObservable, useRecords } from '../hooks/use-record.ts';
import { Alert } from '../ui/alert.tsx';
import { AddServer } from './add-server-dialog.tsx';
import { ServerCard } from './server-card.tsx';

const names = (all: readonly ServerView[]): readonly string[] => all.map((server) => server.name).sort();

export function ServersPage() {
  const servers = useRecords('server', names);
  const wrong = useObservable(configError);
  useQuery({ queryKey: ['servers'], queryFn: fetchServers, refetchInterval: wrong === null ? false : 5_000 });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-4 sm:px-6 sm:py-5">
        <header className="flex items-start justify-between gap-4">
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Tools &amp; servers</h1>
            <p className="mt-1 text-sm text-muted">
              MCP servers do the work. Their tools can be used in every chat.
            </p>
          </div>
          <AddServer />
        </header>
        {wrong !== null && (
          <Alert kind="bad">
            <p className="font-medium">mcp.json cannot be read as it is</p>
            <p className="mt-1 whitespace-pre-wrap">{wrong}</p>
          </Alert>
        )}
        {servers.length === 0 ? (
          <div className="rounded-xl border border-dashed border-line-strong px-6 py-12 text-center">
            <h2 className="text-md font-semibold">No servers yet</h2>
            <p className="mx-auto mt-1 max-w-sm text-sm text-muted">
              Add one here, or write it into mcp.json with the entry that other MCP hosts use.
            </p>
          </div>
        ) : (
          <ul className="flex flex-col gap-4">
            {servers.map((name) => (
              <ServerCard key={name} name={name} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
