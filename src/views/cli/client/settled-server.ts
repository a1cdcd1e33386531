import { setTimeout as wait } from 'node:timers/promises';
import type { ServerView } from '../../../store/records.ts';
import type { Host } from './find-host.ts';
import { followEvents } from './follow-events.ts';

/** How long a server may take to connect while somebody looks on. */
const PATIENCE_MS = 15_000;

/** The server as it is once it has stopped connecting, or after 15 s at the latest. */
export async function settledServer(find: () => Promise<Host>, start: ServerView): Promise<ServerView> {
  let server = start;
  if (server.state !== 'connecting') return server;
  const stop = new AbortController();
  const patience = wait(PATIENCE_MS, undefined, { signal: stop.signal }).then(
    () => stop.abort(),
    () => {},
  );
  try {
    for await (const item of followEvents({ find, after: server.seq, signal: stop.signal })) {
      if (item.kind !== 'event' || item.type !== 'server') continue;
      const news = JSON.parse(item.data) as ServerView;
      if (news.name !== server.name || news.seq <= server.seq) continue;
      server = news;
      if (server.state !== 'connecting') break;
    }
  } finally {
    stop.abort();
    await patience;
  }
  return server;
}
