import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { Connection, Frame, HttpServer } from './connect.ts';

// biome-ignore lint/suspicious/noExplicitAny: the wire is what the tests look at
type Wire = any;

const VERSION = '2026-07-28';
const NAMED_BY: Record<string, string> = {
  'tools/call': 'name',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
  'resources/read': 'uri',
};

export interface ModernRequests {
  /** Rejects with the JSON-RPC error. */
  request(method: string, params: Record<string, unknown>, signal?: AbortSignal): Promise<Wire>;
  /** Resolves with the first notification of any request, past or future, that fits. */
  frame(fits: (frame: Frame) => boolean): Promise<Frame>;
}

/**
 * Requests of 2026-07-28 by hand, with the capability to follow tasks, which no client of an SDK has.
 * @param capabilities of the client, replacing those for tasks where it names extensions itself
 */
export function modernRequests(
  server: HttpServer | Connection,
  capabilities: Record<string, unknown> = {},
): ModernRequests {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': VERSION,
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {
      extensions: { 'io.modelcontextprotocol/tasks': {} },
      ...capabilities,
    },
    progressToken: 'token-1',
  };
  const frames: Frame[] = [];
  const arrivals = new EventEmitter();
  const arrived = (frame: Wire) => {
    frames.push(frame);
    arrivals.emit('frame');
  };
  const send = 'url' in server ? overHttp(server, arrived) : overStdio(server);
  return {
    async request(method, params, signal) {
      const message = { jsonrpc: '2.0', id: randomUUID(), method, params: { ...params, _meta } };
      const { result, error } = await send(message, signal);
      if (error) throw Object.assign(new Error(error.message), error);
      return result;
    },
    async frame(fits) {
      for (let seen = 0; ; ) {
        while (seen < frames.length) {
          const frame = frames[seen++]!;
          if (fits(frame)) return frame;
        }
        await once(arrivals, 'frame');
      }
    },
  };
}

type Send = (message: Wire, signal?: AbortSignal) => Promise<Wire>;

function overHttp(server: HttpServer, arrived: (frame: Wire) => void): Send {
  return async (message, signal) => {
    const name = message.params[NAMED_BY[message.method] ?? ''];
    const response = await server.fetch({
      method: 'POST',
      headers: {
        authorization: server.authorization,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'mcp-protocol-version': VERSION,
        'mcp-method': message.method,
        ...(name && { 'mcp-name': name }),
      },
      body: JSON.stringify(message),
      ...(signal && { signal }),
    });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.json();
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.+)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        const frame = data === undefined ? undefined : JSON.parse(data);
        if (frame?.id === message.id) return frame;
        if (frame) arrived(frame);
      }
    }
    throw new Error('the stream ended without an answer');
  };
}

/** Beside the SDK's client, on its transport. */
function overStdio(connection: Connection): Send {
  const transport = connection.client.transport!;
  return async (message) => {
    await transport.send(message);
    return connection.frame((frame) => (frame as Wire).id === message.id);
  };
}
