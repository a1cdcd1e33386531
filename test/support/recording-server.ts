import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { onTestFinished } from 'vitest';
import { frontThatHidesTasks } from './front-that-hides-tasks.ts';

/** A server of the first SDK in this process, which notes everything that it is asked. */
export interface RecordingServer {
  readonly url: string;
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers'] }[];
  /** How many event streams of HTTP+SSE are open. */
  streams(): number;
  /** Ends the event streams, as a server that is restarted does. */
  cutStreams(): void;
}

/**
 * @param refusesStreamable the status that Streamable HTTP is answered with; then it speaks HTTP+SSE
 * @param hidesTasks it answers as a modern server without tasks, and as an old one with them
 */
export async function recordingServer(
  behaviour: { readonly refusesStreamable?: number; readonly hidesTasks?: boolean } = {},
): Promise<RecordingServer> {
  const requests: RecordingServer['requests'] = [];
  const streams = new Set<ServerResponse>();
  const answer = behaviour.hidesTasks
    ? frontThatHidesTasks
    : behaviour.refusesStreamable === undefined
      ? overStreamableHttp()
      : overSse(behaviour.refusesStreamable, streams);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    requests.push({ method: request.method ?? '', path: pathname, headers: request.headers });
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${behaviour.refusesStreamable === undefined ? 'mcp' : 'sse'}`,
    requests,
    streams: () => streams.size,
    cutStreams() {
      for (const stream of streams) stream.end();
    },
  };
}

function build(): McpServer {
  const server = new McpServer({ name: 'recording', version: '1.0.0' });
  server.registerTool('echo', {}, () => ({ content: [{ type: 'text', text: 'here' }] }));
  server.registerTool('hold', {}, async ({ _meta, signal, sendNotification }) => {
    const progressToken = _meta?.progressToken ?? '';
    await sendNotification({ method: 'notifications/progress', params: { progressToken, progress: 1 } });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return { content: [] };
  });
  return server;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function overSse(refusal: number, streams: Set<ServerResponse>): Answer {
  const sessions = new Map<string, SSEServerTransport>();
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/sse' && request.method === 'GET') {
      const transport = new SSEServerTransport('/message', response);
      sessions.set(transport.sessionId, transport);
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return build().connect(transport);
    }
    const transport = sessions.get(searchParams.get('sessionId') ?? '');
    if (transport !== undefined) return transport.handlePostMessage(request, response);
    response.writeHead(refusal).end('Cannot POST /sse');
  };
}

function overStreamableHttp(): Answer {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  return async (request, response) => {
    let transport = sessions.get(String(request.headers['mcp-session-id']));
    if (transport === undefined) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (id) => void sessions.set(id, transport!),
      });
      await build().connect(transport);
    }
    await transport.handleRequest(request, response);
  };
}
