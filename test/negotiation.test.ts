import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../src/base/clock.ts';
import { systemClock } from '../src/base/clock.ts';
import type { ServerEntry } from '../src/sources/server-entry.ts';
import type { ServerView } from '../src/store/records.ts';
import type { CallAnswer } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { httpFixture } from './support/http-fixture.ts';
import { type RecordingServer, recordingServer } from './support/recording-server.ts';
import { ROOT, tempFolder, testHost, workServer, writeConfig } from './support/test-host.ts';

/* What was found out about a server is remembered from one connection to the next, for a week. */

const DAY_MS = 24 * 3_600_000;

const later = (ms: number): Clock => ({ ...systemClock, now: () => Date.now() + ms });

async function connect(folder: string, entry: ServerEntry, clock?: Clock) {
  writeConfig(folder, { one: entry });
  const host = await testHost({}, { folder, ...(clock && { clock }) });
  const view = () =>
    eventually(async () => {
      const { body } = await host.api.get<ServerView>('/api/servers/one');
      return body.state === 'ready' && body;
    }, 15_000);
  return { ...host, view, ready: await view() };
}

test('a server that is silent when it is asked for its version is asked once', async () => {
  const folder = tempFolder();
  const journal = join(folder, 'journal');
  const entry = (version = '2025-06-18') => ({
    command: process.execPath,
    args: [join(ROOT, 'test/fixtures/old-server.mjs'), version, 'silent', journal],
  });
  const { started } = journalOf(journal);

  const first = await connect(folder, entry());
  expect(first.ready).toMatchObject({ protocolVersion: '2025-06-18', generation: 'plain' });
  expect(started()).toEqual(['server/discover', 'initialize']); // one process was asked, another one is used
  await first.close();

  const second = await connect(folder, entry());
  expect(started()).toEqual(['server/discover', 'initialize', 'initialize']);
  expect(second.ready.negotiatedAt).toBe(first.ready.negotiatedAt);
  await second.close();

  const changed = await connect(folder, entry('2025-03-26'));
  expect(changed.ready.protocolVersion).toBe('2025-03-26');
  expect(started().slice(3)).toEqual(['server/discover', 'initialize']);
  await changed.close();

  const stale = await connect(folder, entry('2025-03-26'), later(8 * DAY_MS));
  expect(started().slice(5)).toEqual(['server/discover', 'initialize']);
  expect(Date.parse(stale.ready.negotiatedAt ?? '')).toBeGreaterThan(Date.now() + 7 * DAY_MS);
}, 60_000);

test('a server that is turned on again by a person is asked anew', async () => {
  const folder = tempFolder();
  const journal = join(folder, 'journal');
  const args = [join(ROOT, 'test/fixtures/old-server.mjs'), '2025-06-18', 'reply', journal];
  const host = await connect(folder, { command: process.execPath, args });
  const { started } = journalOf(journal);
  const before = started().length;
  await host.api.patch('/api/servers/one', { enabled: false });
  await host.api.patch('/api/servers/one', { enabled: true });
  await host.view();
  expect(started().slice(before)).toEqual(['server/discover', 'initialize']);
});

test('a modern server is taken at its word, and asked anew at once when it has become another', async () => {
  const folder = tempFolder();
  let server = await httpFixture('work-server.ts');
  const url = server.url;
  const first = await connect(folder, { url });
  expect(first.ready).toMatchObject({ protocolVersion: '2026-07-28', transport: 'http' });
  await first.close();
  const second = await connect(folder, { url });
  expect(second.ready.negotiatedAt).toBe(first.ready.negotiatedAt);
  expect(second.ready.tools.length).toBeGreaterThan(5);
  await second.close();

  await server.kill();
  server = await httpFixture('sdk1-server.ts', undefined, Number(new URL(url).port));
  const third = await connect(folder, { url });
  expect(third.ready).toMatchObject({ protocolVersion: '2025-11-25' });
  expect(third.ready.attempts).toBeUndefined();
  expect(third.ready.negotiatedAt).not.toBe(first.ready.negotiatedAt);
});

test('over stdio a modern server is started once, where it was asked before', async () => {
  const folder = tempFolder();
  const first = await connect(folder, workServer());
  const spawned = async (host: typeof first) => (await host.store.spawns.all()).length;
  expect(await spawned(first)).toBe(1);
  await first.close();
  const second = await connect(folder, workServer());
  expect(second.ready).toMatchObject({ protocolVersion: '2026-07-28', generation: 'plain' });
  expect(second.ready.negotiatedAt).toBe(first.ready.negotiatedAt);
});

test.each([404, 405, 400])(
  'an address that answers %i to Streamable HTTP is tried with HTTP+SSE',
  async (status) => {
    const server = await recordingServer({ refusesStreamable: status });
    const folder = tempFolder();
    const first = await connect(folder, { url: server.url });
    expect(first.ready).toMatchObject({ transport: 'sse', generation: 'plain' });
    await first.close();
    const posts = streamablePosts(server);
    expect(posts).toBeGreaterThan(0);
    const second = await connect(folder, { url: server.url });
    expect(second.ready.transport).toBe('sse');
    expect(streamablePosts(server)).toBe(posts); // remembered
  },
);

test('`type: sse` goes there directly', async () => {
  const server = await recordingServer({ refusesStreamable: 404 });
  const { ready } = await connect(tempFolder(), { type: 'sse', url: server.url });
  expect(ready.transport).toBe('sse');
  expect(streamablePosts(server)).toBe(0);
});

test('the end of the event stream is the end of the connection, and a new one is made', async () => {
  const server = await recordingServer({ refusesStreamable: 404 });
  const host = await connect(tempFolder(), { url: server.url });
  const answer = await host.api.post<CallAnswer>('/api/servers/one/tools/hold', {});
  expect(answer.body.taskId).toBeDefined();
  server.cutStreams();
  await eventually(async () => {
    const { body } = await host.api.get<{ status: string }>(`/api/tasks/${answer.body.taskId}`);
    return body.status === 'lost';
  });
  await eventually(() => server.streams() === 1);
  await host.view();
  expect((await host.api.post<CallAnswer>('/api/servers/one/tools/echo', {})).body.result?.isError).toBe(
    false,
  );
});

test.each([
  ['http', {}],
  ['sse', { refusesStreamable: 404 }],
] as const)('the headers of an entry are sent with every request over %s', async (transport, behaviour) => {
  process.env.NEGOTIATION_KEY = 'a-key-of-the-test';
  const server = await recordingServer(behaviour);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: expanded by the host
  const host = await connect(tempFolder(), { url: server.url, headers: { 'X-Key': '${NEGOTIATION_KEY}' } });
  expect(host.ready.transport).toBe(transport);
  await host.api.post('/api/servers/one/tools/echo', {});
  expect(server.requests.length).toBeGreaterThan(3);
  expect(server.requests.filter(({ headers }) => headers['x-key'] !== 'a-key-of-the-test')).toEqual([]);
});

test.each([401, 403])('%i is no reason to try another transport', async (status) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.accept ?? ''}`);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { api } = await testHost({ one: { url: `http://127.0.0.1:${port}/mcp` } });
  await eventually(async () => (await api.get<ServerView>('/api/servers/one')).body.state === 'failed');
  expect(seen.filter((each) => each === 'GET text/event-stream')).toEqual([]);
});

test('what speaks no MCP at all is said to', async () => {
  const server = createServer((_request, response) => void response.writeHead(404).end('nothing here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { api } = await testHost({ one: { url: `http://127.0.0.1:${port}/mcp` } });
  const { error } = await eventually(async () => {
    const { body } = await api.get<ServerView>('/api/servers/one');
    return body.state === 'failed' && body;
  });
  expect(error?.message).toContain('does not speak MCP: it answered with HTTP 404');
});

test('a modern front that hides the tasks its tools insist on is spoken to in the old way', async () => {
  const server = await recordingServer({ hidesTasks: true });
  const { ready } = await connect(tempFolder(), { url: server.url });
  expect(ready).toMatchObject({ protocolVersion: '2025-11-25', generation: 'v1', transport: 'http' });
});

const streamablePosts = (server: RecordingServer): number =>
  server.requests.filter(({ method, path }) => method === 'POST' && path === '/sse').length;

function journalOf(path: string) {
  return { started: () => readFileSync(path, 'utf8').trim().split('\n') };
}
