import { type AuthProvider, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { type NoticeStream, watchNoticeStream } from './notice-stream.ts';
import type { OwnFetch } from './server-fetch.ts';

const END_SESSION_MS = 1_000;

export interface HttpServer {
  readonly url: string;
  readonly fetch: OwnFetch['fetch'];
  readonly authProvider?: AuthProvider;
  /** Enters a session that an earlier connection began, instead of beginning one. */
  readonly session?: { readonly sessionId: string; readonly protocolVersion: string };
  readonly onSessionLost: () => void;
}

/** Streamable HTTP, which tells when the server has forgotten our session. */
export function httpTransport({ url, fetch, authProvider, session, onSessionLost }: HttpServer): {
  transport: StreamableHTTPClientTransport;
  notices: NoticeStream;
  endSession: () => Promise<void>;
} {
  const notices = watchNoticeStream();
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    ...(authProvider === undefined ? {} : { authProvider }),
    ...session,
    fetch: async (input, init) => {
      const response = await fetch(input, init).catch((error) => {
        if (init?.method === 'GET') notices.failed();
        throw error;
      });
      const inSession = transport.sessionId !== undefined && init?.method === 'POST';
      if (inSession && (await isSessionForgotten(response))) onSessionLost();
      return init?.method === 'GET' ? notices.answered(response, init) : response;
    },
    reconnectionOptions: {
      maxRetries: 3,
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 5_000,
      reconnectionDelayGrowFactor: 1.5,
    },
  });
  return { transport, notices, endSession: () => endSession(transport) };
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
