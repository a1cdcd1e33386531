import { randomUUID } from 'node:crypto';
import { type Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { RecentEvents } from './recent-events.ts';

/** More than one client opens in years; of more, the one unused for longest is closed. */
const MAX_SESSIONS = 256;

export interface HttpSessions {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/** Streamable HTTP before 2026-07-28: a server for each session, whose streams can be taken up after a break. */
export function httpSessions(build: () => Server): HttpSessions {
  /** The least recently used first. */
  const sessions = new Map<string, { server: Server; transport: WebStandardStreamableHTTPServerTransport }>();

  async function begin(request: Request): Promise<Response> {
    const server = build();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      eventStore: new RecentEvents(),
      onsessioninitialized: (id) => void sessions.set(id, { server, transport }),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await server.connect(transport);
    const response = await transport.handleRequest(request);
    if (transport.sessionId === undefined) await server.close(); // it was no beginning
    const [oldest] = sessions;
    if (sessions.size > MAX_SESSIONS && oldest) {
      sessions.delete(oldest[0]);
      await oldest[1].server.close();
    }
    return response;
  }

  return {
    async fetch(request) {
      const id = request.headers.get('mcp-session-id');
      if (id === null) return begin(request);
      const session = sessions.get(id);
      if (session === undefined) return unknownSession();
      sessions.delete(id);
      sessions.set(id, session);
      return session.transport.handleRequest(request);
    },
    async close() {
      await Promise.all([...sessions.values()].map(({ server }) => server.close()));
      sessions.clear();
    },
  };
}

/** 404 tells a client to begin a new session (MCP 2025-11-25, "Session Management"). */
const unknownSession = (): Response =>
  Response.json(
    { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } },
    { status: 404 },
  );
