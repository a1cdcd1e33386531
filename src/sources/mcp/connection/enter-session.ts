import type { ServerEntry } from '../../server-entry.ts';
import type { SessionConnection, SessionRef } from '../drivers/driver.ts';
import { httpTransport } from '../transport/http-transport.ts';
import type { TransportAuthorization } from '../transport/make-transport.ts';
import { readEvents } from '../transport/read-events.ts';
import { serverFetch } from '../transport/server-fetch.ts';
import { tapWire } from '../wire/wire-tap.ts';

/**
 * Enters a session of Streamable HTTP that an earlier connection began, without the SDK's client, which would begin
 * a new one. Tasks of 2025-11-25 are known in their session only, and so are kept response streams.
 * @param entry expanded: no `${VAR}` left
 */
export async function enterSession(
  entry: ServerEntry,
  session: SessionRef,
  authorization?: TransportAuthorization,
): Promise<SessionConnection> {
  const { url = '', headers = {} } = entry;
  const { authProvider, watch } = authorization ?? {};
  const own = serverFetch(url, headers, 0);
  const fetch = watch?.(own.fetch) ?? own.fetch;
  const { transport } = httpTransport({
    url,
    fetch,
    session,
    onSessionLost: () => {},
    ...(authProvider && { authProvider }),
  });
  const tap = tapWire(transport, false);
  transport.onmessage = () => {}; // all that concerns us is told by the tap
  await transport.start();

  return {
    tap,
    async resume(eventId, heard, signal) {
      const token = await authProvider?.token();
      const response = await fetch(url, {
        method: 'GET',
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          accept: 'text/event-stream',
          'last-event-id': eventId,
          'mcp-session-id': session.sessionId,
          'mcp-protocol-version': session.protocolVersion,
        },
        signal,
      });
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        throw Object.assign(new Error(`The server answered with ${response.status}.`), {
          status: response.status,
        });
      }
      heard.opened();
      for await (const { id, data } of readEvents(response.body)) {
        if (data !== undefined) tap.inject(data);
        if (id !== undefined) heard.event(id);
      }
    },
    async close() {
      await transport.close().catch(() => {});
      await own.dispose();
    },
  };
}
