import { type AuthProvider, SSEClientTransport } from '@modelcontextprotocol/client';
import type { OwnFetch } from './server-fetch.ts';
import { isEventStream, untilItsEnd } from './stream-end.ts';

const OPEN_MS = 15_000;

/**
 * The old HTTP+SSE transport of 2024-11-05. All that the server says comes over one stream, and the session is
 * gone with it: so the end of the stream is the end of the connection, where the SDK's event source would
 * connect again in silence, for ever, to a session that knows nothing of ours.
 */
export class SseTransport extends SSEClientTransport {
  readonly #closed = Promise.withResolvers<never>();

  constructor(
    url: string,
    { fetch, authProvider }: { fetch: OwnFetch['fetch']; authProvider?: AuthProvider },
  ) {
    super(new URL(url), {
      ...(authProvider === undefined ? {} : { authProvider }),
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        return isEventStream(response) ? untilItsEnd(response, () => void this.close()) : response;
      },
    });
    this.#closed.promise.catch(() => {}); // heard while it opens; afterwards `onclose` tells
  }

  /** Settles when the server has named its endpoint; the SDK would wait for that without a limit. */
  override async start(): Promise<void> {
    const tooLate = setTimeout(
      () => this.#closed.reject(new Error('The server opened an event stream and named no endpoint on it.')),
      OPEN_MS,
    );
    try {
      await Promise.race([super.start(), this.#closed.promise]);
    } finally {
      clearTimeout(tooLate);
    }
  }

  override async close(): Promise<void> {
    this.#closed.reject(new Error('The connection was closed.'));
    await super.close();
  }
}
