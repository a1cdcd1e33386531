import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { onTestFinished } from 'vitest';
import type { AtEnd } from '../support/test-host.ts';
import { authorizationServer, type Behaviour } from './authorization-server.ts';

/** An MCP server that lets nobody in without a token, and the authorization server that it names. */
export interface ProtectedServer {
  readonly url: string;
  readonly authorization: ReturnType<typeof authorizationServer>;
  /** How often the door was knocked on without a good token. */
  refused(): number;
}

/** Its tool `look` is for all who are signed in, `change` wants the scope `write` too. */
export async function protectedServer(
  behaviour: Behaviour = {},
  atEnd: AtEnd = onTestFinished,
): Promise<ProtectedServer> {
  let issuer = '';
  let refused = 0;
  const authorization = authorizationServer(() => issuer, behaviour);
  issuer = await serve((request, response) => void authorization.answer(request, response), atEnd);
  const mcp = toNodeHandler(createMcpHandler(build));

  const origin = await serve((request, response) => {
    if (request.url === '/.well-known/oauth-protected-resource/mcp')
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ resource: `${origin}/mcp`, authorization_servers: [issuer] }));
    const scope = authorization.scopeOf(request.headers.authorization?.replace('Bearer ', '') ?? '');
    const document = `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`;
    const refuse = (status: number, challenge: string) =>
      response.writeHead(status, { 'www-authenticate': `Bearer ${challenge}, ${document}` }).end();
    if (scope === undefined) {
      refused += 1;
      return void refuse(401, 'scope="read"');
    }
    if (request.headers['mcp-name'] === 'change' && !scope.split(' ').includes('write'))
      return void refuse(403, 'error="insufficient_scope", scope="write"');
    void mcp(request, response);
  }, atEnd);

  return { url: `${origin}/mcp`, authorization, refused: () => refused };
}

function build(): McpServer {
  const server = new McpServer({ name: 'protected', version: '1.0.0' }, { capabilities: { tools: {} } });
  for (const name of ['look', 'change'])
    server.registerTool(name, {}, async () => ({
      content: [{ type: 'text', text: `${name}: ${randomUUID()}` }],
    }));
  return server;
}

/** @returns the origin, such as `http://127.0.0.1:40123` */
async function serve(answer: RequestListener, atEnd: AtEnd): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
