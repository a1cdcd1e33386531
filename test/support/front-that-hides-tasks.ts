import type { IncomingMessage, ServerResponse } from 'node:http';

const SERVER_INFO = { name: 'front', version: '1.0.0' };
const TOOL = { name: 'research', inputSchema: { type: 'object' }, execution: { taskSupport: 'required' } };
const TASKS = { list: {}, cancel: {}, requests: { tools: { call: {} } } };

/** What each method is answered with: as a modern server without tasks, and as an old one with them. */
const ANSWERS: Readonly<Record<string, object>> = {
  'server/discover': {
    resultType: 'complete',
    supportedVersions: ['2026-07-28'],
    capabilities: { tools: {} },
    ttlMs: 0,
    cacheScope: 'private',
    _meta: { 'io.modelcontextprotocol/serverInfo': SERVER_INFO },
  },
  initialize: {
    protocolVersion: '2025-11-25',
    capabilities: { tools: {}, tasks: TASKS },
    serverInfo: SERVER_INFO,
  },
  'tools/list': { resultType: 'complete', tools: [TOOL], ttlMs: 0, cacheScope: 'private' },
};

/** A proxy in front of a server with tasks of 2025-11-25, as they are met: it is modern itself and drops its capability. */
export async function frontThatHidesTasks(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') return void response.writeHead(405).end();
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const { id, method } = JSON.parse(text);
  if (id === undefined) return void response.writeHead(202).end();
  const result = ANSWERS[method];
  const outcome =
    result === undefined ? { error: { code: -32601, message: 'Method not found' } } : { result };
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id, ...outcome }));
}
