import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { httpGuard, isLoopback } from './http-guard.ts';
import { httpSessions } from './http-sessions.ts';
import type { Serving } from './serving.ts';
import type { HttpAddress } from './serving-options.ts';
import { createToolServer } from './tool-server.ts';

/** Where a token may be given, so that it stays the same over restarts. */
export const TOKEN_VARIABLE = 'MCP_SERVER_TOKEN';
const PATH = '/mcp';

/**
 * Serves many clients over Streamable HTTP: 2026-07-28 request by request, earlier versions in sessions whose streams
 * can be taken up again. Prints the address on stdout, and a token that was made here on stderr, once.
 * @returns what closes it
 * @throws {Error} when the address cannot be had, or would be open to others without a token of their choosing
 */
export async function serveHttp(serving: Serving, { host, port }: HttpAddress): Promise<() => Promise<void>> {
  const given = process.env[TOKEN_VARIABLE];
  if (!isLoopback(host) && !given)
    throw new Error(`--http: ${host} is open to other machines, so ${TOKEN_VARIABLE} must hold a token`);
  const token = given || randomBytes(24).toString('base64url');
  const onerror = (error: Error) => console.error(`${serving.definition.name}: ${error.message}`);

  const modern = createMcpHandler(({ era }) => createToolServer(serving, era, false), {
    legacy: 'reject',
    onerror,
  });
  const sessions = httpSessions(() => createToolServer(serving, 'legacy'));
  const { resources } = serving.definition;
  const unwatch = [
    resources?.watch((uri) => modern.notify.resourceUpdated(uri)),
    resources?.watchList(() => modern.notify.resourcesChanged()),
  ];

  const guard = httpGuard({ token, path: PATH, anyHost: !isLoopback(host) });
  const fetch = async (request: Request) =>
    guard(request) ?? ((await isLegacyRequest(request)) ? sessions.fetch(request) : modern.fetch(request));
  const listening = createServer(toNodeHandler({ fetch }, { onerror })).listen(port, host);
  await once(listening, 'listening');

  const { port: taken } = listening.address() as AddressInfo;
  console.log(`Listening at http://${host.includes(':') ? `[${host}]` : host}:${taken}${PATH}`);
  if (!given) console.error(`Authorization: Bearer ${token}`);

  return async () => {
    for (const undo of unwatch) undo?.();
    await modern.close();
    await sessions.close();
    listening.close();
    listening.closeAllConnections();
  };
}
