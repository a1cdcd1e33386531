import type { ServerEntry } from '../../server-entry.ts';
import type { SessionConnection, SessionRef } from '../drivers/driver.ts';
import { httpTransport } from '../transport/http-transport.ts';
import { readEvents } from '../transport/read-events.ts';
import { tapWire } from '../wire/wire-tap.ts';

/**
 * Enters a session of Streamable HTTP that an earlier connection began, without the SDK's client, which would begin
 * a new one. Tasks of 2025-11-25 are known in their session only, and so are kept response streams.
 * @param entry expanded: no `${VAR}` left
 */
export async function enterSession(entry: ServerEntry, session: SessionRef): Promise<SessionConnection> {
  const url = entry.url ?? '';
  const headers = entry.headers ?? {};
  const { transport, fetch, dispose } = httpTransport(url, headers, () => {}, session);
  const tap = tapWire(transport, false);
  transport.onmessage = () => {}; // all that concerns us is told by the tap
  await transport.start();

  return {
    tap,
    async resume(eventId, onEvent, signal) {
      const response = await fetch(url, {
        method: 'GET',
        headers: {
          ...headers,
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
      for await (const { id, data } of readEvents(response.body)) {
        if (data !== undefined) tap.inject(data);
        if (id !== undefined) onEvent(id);
      }
    },
    async close() {
      await transport.close().catch(() => {});
      await dispose();
    },
  };
}
