import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Agent, type Response, fetch as undiciFetch } from 'undici';

const END_SESSION_MS = 1_000;

/** The session to enter instead of beginning one. */
interface Entered {
  readonly sessionId: string;
  readonly protocolVersion: string;
}

/**
 * Streamable HTTP without the two limits that end silent calls after 300 s (undici's headers and body
 * timeouts). The agent is the transport's own, so that closing it leaves no socket behind.
 */
export function httpTransport(
  url: string,
  headers: Readonly<Record<string, string>>,
  onSessionLost: () => void,
  entered?: Entered,
): {
  transport: StreamableHTTPClientTransport;
  /** What the transport sends with, for requests that the SDK does not make. */
  fetch: typeof fetch;
  endSession: () => Promise<void>;
  dispose: () => Promise<void>;
} {
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connectTimeout: 10_000 });
  // undici's own types and the platform's describe the same objects under two names.
  const send = (async (input: string | URL, init?: { method?: string }) => {
    const response = await undiciFetch(input, { ...init, dispatcher });
    const inSession = transport.sessionId !== undefined && init?.method === 'POST';
    if (inSession && (await isSessionForgotten(response))) onSessionLost();
    return response;
  }) as unknown as typeof fetch;
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    ...entered,
    requestInit: { headers },
    fetch: send,
    reconnectionOptions: {
      maxRetries: 3,
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 5_000,
      reconnectionDelayGrowFactor: 1.5,
    },
  });
  return {
    transport,
    fetch: send,
    endSession: () => endSession(transport),
    dispose: () => dispatcher.destroy(),
  };
}

/** MCP wants a 404 for a session that the server has forgotten; many servers answer 400 and say so in words. */
async function isSessionForgotten(response: Response): Promise<boolean> {
  if (response.status === 404) return true;
  return response.status === 400 && /session/i.test(await response.clone().text());
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
