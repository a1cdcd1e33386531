import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Agent, fetch as undiciFetch } from 'undici';

const END_SESSION_MS = 1_000;

/**
 * Streamable HTTP without the two limits that end silent calls after 300 s (undici's headers and body
 * timeouts). The agent is the transport's own, so that closing it leaves no socket behind.
 */
export function httpTransport(
  url: string,
  headers: Readonly<Record<string, string>>,
): {
  transport: StreamableHTTPClientTransport;
  endSession: () => Promise<void>;
  dispose: () => Promise<void>;
} {
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connectTimeout: 10_000 });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    // undici's own types and the platform's describe the same objects under two names.
    fetch: ((input: string | URL, init?: object) =>
      undiciFetch(input, { ...init, dispatcher })) as unknown as typeof fetch,
    reconnectionOptions: {
      maxRetries: 3,
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 5_000,
      reconnectionDelayGrowFactor: 1.5,
    },
  });
  return { transport, endSession: () => endSession(transport), dispose: () => dispatcher.destroy() };
}

/** Lets the server end its session, and with it the work in it; one that is gone is not waited for. */
async function endSession(transport: StreamableHTTPClientTransport): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, END_SESSION_MS);
  });
  await Promise.race([transport.terminateSession().catch(() => {}), enough]);
  clearTimeout(timer);
}
