import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HttpServer, isProgress, isStopped, KINDS, serveHttp } from './connect.ts';

const PROGRAM = new URL('./sample-server.ts', import.meta.url).pathname;
const answer = ({ message }: { message: string }) => ({
  action: 'accept',
  content: { name: message.includes('first') ? 'Ada' : 'Grace' },
});
let server: HttpServer;

beforeEach(async () => {
  server = await serveHttp(PROGRAM, []);
});
afterEach(() => server.close());

describe.each(KINDS)('over HTTP with the client %s', (kind) => {
  it('answers, tells and asks', async () => {
    const connection = await server.connect({ kind, answer });
    expect(await connection.call('quick', { text: 'hello' })).toMatchObject({
      text: 'hello',
      isError: false,
    });
    expect(await connection.call('ask')).toMatchObject({ text: 'Ada and Grace', isError: false });
    await connection.close();
  });

  it('stops what is cancelled', async () => {
    const connection = await server.connect({ kind });
    const abort = new AbortController();
    const call = connection.call('until_stopped', {}, { signal: abort.signal });
    call.catch(() => {});
    await connection.frame(isProgress);
    abort.abort('enough');
    await expect(call).rejects.toThrow();
    // Since 2026-07-28 the closed stream is the cancel, and no message can come; what is left is to look.
    if (kind !== 'auto')
      expect((await connection.frame(isStopped)).params.data).toMatchObject({ stopped: true });
    await expect
      .poll(() => connection.client.readResource({ uri: 'sample:///count' }))
      .toMatchObject({ contents: [{ text: '{"count":0,"stopped":1}' }] });
    await connection.close();
  });

  it('tells subscribers what has changed', async () => {
    const connection = await server.connect({ kind });
    const { client } = connection;
    expect((await client.listResources()).resources).toMatchObject([{ uri: 'sample:///count' }]);
    if (kind === 'auto')
      await (client as { listen(filter: unknown): Promise<unknown> }).listen({
        resourceSubscriptions: ['sample:///count'],
      });
    else await client.subscribeResource({ uri: 'sample:///count' });
    await connection.call('touch');
    const { params } = await connection.frame(({ method }) => method === 'notifications/resources/updated');
    expect(params).toMatchObject({ uri: 'sample:///count' });
    const read = await client.readResource({ uri: 'sample:///count' });
    expect(read.contents).toMatchObject([{ text: '{"count":1,"stopped":0}' }]);
    await expect(client.readResource({ uri: 'sample:///x' })).rejects.toThrow('There is no resource');
    await connection.close();
  });
});

describe('who may come in', () => {
  const post = (headers: Record<string, string>, url = server.url) =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
    }).then(({ status }) => status);

  it('nobody without the token, no page of another origin, and nothing but its path', async () => {
    const { authorization } = server;
    expect(await post({})).toBe(401);
    expect(await post({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await post({ authorization, origin: 'http://evil.example' })).toBe(403);
    expect(await post({ authorization }, new URL('/', server.url).href)).toBe(404);
    expect(await post({ authorization, 'mcp-session-id': 'unknown' })).toBe(404);
    expect(await post({ authorization, 'content-type': 'text/plain' })).toBe(415);
  });

  it('no name that only leads to this machine', async () => {
    const { request } = await import('node:http');
    const { authorization } = server;
    const asked = request(server.url, { headers: { host: 'evil.example', authorization } }).end();
    const [response] = await once(asked, 'response');
    response.resume();
    expect(response.statusCode).toBe(403);
  });
});

it.each([
  [['--http', '0.0.0.0:0'], 'MCP_SERVER_TOKEN must hold a token'],
  [['--http', 'x:y'], '--http: expected PORT or HOST:PORT'],
  [['--tasks', 'often'], '--tasks: expected auto, always, never'],
])('does not start with %j', async (args, why) => {
  const { MCP_SERVER_TOKEN: _, ...env } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toContain(why);
  expect(status).toBeGreaterThan(0);
});
