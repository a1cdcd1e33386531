import { ProtocolError, type Server } from '@modelcontextprotocol/server';
import type { Resources } from '../definition.ts';
import { CODES, type Era } from '../protocol.ts';

/**
 * Answers `resources/*` on one connection. Before 2026-07-28 a client subscribes to each URI; since then
 * `subscriptions/listen` is served by whoever serves the connection, which picks what it listens for.
 * @param watches false where somebody else tells what has changed
 */
export function serveResources(server: Server, resources: Resources, era: Era, watches: boolean): void {
  const subscribed = new Set<string>();
  server.setRequestHandler('resources/list', async () => ({ resources: [...(await resources.list())] }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const text = await resources.read(uri);
    if (text === undefined)
      throw new ProtocolError(CODES.invalidParams, `There is no resource ${uri}.`, { uri });
    return { contents: [text] };
  });
  if (era === 'legacy') {
    server.setRequestHandler('resources/subscribe', async ({ params: { uri } }) => {
      if ((await resources.read(uri)) === undefined)
        throw new ProtocolError(CODES.invalidParams, `There is no resource ${uri}.`, { uri });
      subscribed.add(uri);
      return {};
    });
    server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
      subscribed.delete(uri);
      return {};
    });
  }
  if (!watches) return;
  const quiet = (sending: Promise<void>) => void sending.catch(() => {}); // the client is gone
  const unwatch = resources.watch((uri) => {
    if (era === 'modern' || subscribed.has(uri)) quiet(server.sendResourceUpdated({ uri }));
  });
  const unwatchList = resources.watchList(() => quiet(server.sendResourceListChanged()));
  server.onclose = () => {
    unwatch();
    unwatchList();
  };
}
