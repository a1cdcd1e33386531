import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ServerEntry } from '../src/sources/server-entry.ts';
import type { ServerView } from '../src/store/records.ts';
import type { Problem, ServerReport } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { httpFixture } from './support/http-fixture.ts';
import { processesWith } from './support/processes.ts';
import {
  type Api,
  atEndOfFile,
  commandServer,
  ROOT,
  tempFolder,
  testHost,
  workServer,
} from './support/test-host.ts';

/* What a test of a server finds out, about servers that behave in all the ways that servers do. */

const atEnd = atEndOfFile();
let api: Api;

const fixture = (file: string, ...args: string[]): ServerEntry => ({
  command: process.execPath,
  args: [join(ROOT, 'test/fixtures', file), ...args],
});

beforeAll(async () => {
  const tasks = await httpFixture('tasks-v2-server.ts', atEnd);
  const sessions = await httpFixture('tasks-v1-server.ts', atEnd, 0, [], 'http-session');
  ({ api } = await testHost(
    {
      lab: workServer(),
      odd: fixture('odd-server.ts'),
      old: fixture('plain-sdk1-server.ts', 'stdio'),
      tasks: { url: tasks.url },
      sessions: { url: sessions.url },
      command: commandServer(tempFolder(atEnd)),
      gone: { url: 'http://127.0.0.1:9/mcp' },
    },
    { atEnd },
  ));
  for (const name of ['odd', 'lab', 'old', 'tasks', 'sessions', 'command'])
    await eventually(
      async () => (await api.get<ServerView>(`/api/servers/${name}`)).body.state === 'ready',
      20_000,
    );
}, 60_000);

/** The checks of a report, by what was looked at: `ok: words`. */
async function look(server: string, what: object = {}): Promise<Record<string, string>> {
  const { status, body } = await api.post<ServerReport>(`/api/servers/${server}/test`, what);
  expect(status, JSON.stringify(body)).toBe(200);
  return Object.fromEntries(body.checks.map(({ what, result, words }) => [what, `${result}: ${words}`]));
}

test('a server of today, without using its tools', async () => {
  expect(await look('lab')).toEqual({
    connects: expect.stringMatching(/^ok: In \d/),
    version: 'ok: MCP 2026-07-28, calls only, no tasks.',
    tools: expect.stringMatching(/^ok: \d+ tools, each with a schema/),
    'unknown tool': expect.stringMatching(/^ok/),
    ping: 'skipped: This version has none.',
    closing: expect.stringMatching(/^ok/),
  });
});

test('a server of 2025-11-25 is pinged', async () => {
  expect(await look('old')).toMatchObject({
    version: expect.stringContaining('2025-11-25'),
    ping: expect.stringMatching(/^ok: Answered after/),
  });
});

test('a tool that is stopped in the middle, and one that goes on', async () => {
  expect(await look('command', { tool: 'run', arguments: { command: 'seq 3; sleep 2' } })).toMatchObject({
    runs: expect.stringMatching(/^ok: Completed after 2/),
    'stops when asked': expect.stringMatching(/^ok: Yes, confirmed after/),
    'leaves processes': 'ok: None.',
    'survives a restart': expect.stringMatching(/^skipped: No: its processes are ours/),
  });
  const stubborn = { tool: 'stubborn', arguments: { ms: 1_200, path: '/nowhere' } };
  expect(await look('tasks', stubborn)).toMatchObject({
    'reports progress': 'ok: In words.',
    'stops when asked': expect.stringMatching(/^warning: No: it ended as completed/),
    'leaves processes': expect.stringMatching(/^skipped/),
  });
}, 60_000);

test('a tool that leaves processes behind: told, and nothing of them is left', async () => {
  expect(await look('odd', { tool: 'leave' })).toMatchObject({
    runs: expect.stringMatching(/^ok: Completed/),
    'stops when asked': expect.stringMatching(/^warning: No: it ended as completed/),
    'leaves processes': expect.stringMatching(/^warning: 2 more than before/),
    closing: expect.stringMatching(/^warning: .* 2 processes of it went on and had to be ended/),
  });
  expect(processesWith('left-by-odd-server')).toEqual([]);
}, 40_000);

test.each(['the host stops', 'whoever asked goes away'])(
  'a test that is called off because %s asks its run to stop',
  async (why) => {
    const lab = await testHost({ lab: { url: (await httpFixture('sdk1-server.ts')).url } });
    await eventually(
      async () => (await lab.api.get<ServerView>('/api/servers/lab')).body.state === 'ready',
      20_000,
    );
    const mark = join(tempFolder(), 'mark');
    const asker = new AbortController();
    const testing = fetch(`${lab.url}/api/servers/lab/test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${lab.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tool: 'work', arguments: { steps: 100_000, mark } }),
      signal: asker.signal,
    }).catch(() => {});
    await eventually(() => existsSync(`${mark}.begun`));
    if (why === 'the host stops') await lab.close();
    else asker.abort();
    await eventually(() => existsSync(mark));
    await testing;
  },
  40_000,
);

test('a tool that is done at once cannot be stopped, and nothing was heard of it', async () => {
  expect(await look('lab', { tool: 'echo', arguments: { text: 'x' } })).toMatchObject({
    runs: expect.stringMatching(/^ok/),
    'reports progress': expect.stringMatching(/^warning/),
    'stops when asked': expect.stringMatching(/^skipped: It is done after/),
  });
});

test.each(['tasks', 'sessions'])('%s: a task is known on another connection', async (server) => {
  expect(await look(server, { tool: 'steps', arguments: { steps: 8, ms: 100 } })).toMatchObject({
    'survives a restart': expect.stringMatching(/^ok: Yes/),
    'stops when asked': expect.stringMatching(/^ok: Yes, confirmed/),
  });
});

test('what cannot be tested is said', async () => {
  expect(await look('gone')).toEqual({ connects: expect.stringMatching(/^failed: .+/) });
  const unknown = await api.post<Problem>('/api/servers/lab/test', { tool: 'none' });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'tool_not_found' } });
  const wrong = await api.post<Problem>('/api/servers/lab/test', { tool: 'echo', arguments: {} });
  expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_arguments' } });
});
