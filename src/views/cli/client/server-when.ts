import { setTimeout as wait } from 'node:timers/promises';
import type { ServerView } from '../../../store/records.ts';
import type { Host } from './find-host.ts';
import { followEvents } from './follow-events.ts';

/** The server once it is as it is waited for; as it is then, when time is up or the waiting is called off. */
export async function serverWhen(
  find: () => Promise<Host>,
  start: ServerView,
  isThere: (server: ServerView) => boolean,
  withinMs: number,
  callOff?: AbortSignal,
): Promise<ServerView> {
  let server = start;
  if (isThere(server)) return server;
  const stop = new AbortController();
  const signal = callOff === undefined ? stop.signal : AbortSignal.any([stop.signal, callOff]);
  const patience = wait(withinMs, undefined, { signal }).then(
    () => stop.abort(),
    () => {},
  );
  try {
    for await (const item of followEvents({ find, after: server.seq, signal })) {
      if (item.kind !== 'event' || item.type !== 'server') continue;
      const news = JSON.parse(item.data) as ServerView;
      if (news.name !== server.name || news.seq <= server.seq) continue;
      server = news;
      if (isThere(server)) break;
    }
  } finally {
    stop.abort();
    await patience;
  }
  return server;
}
