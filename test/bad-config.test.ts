import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServerView } from '../src/store/records.ts';
import type { CallAnswer, Problem, ServerList } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { type Api, tempFolder, testHost, workServer } from './support/test-host.ts';

/* A broken mcp.json: the host starts with the other servers, says what is wrong, and takes a correction at once. */

const view = async (api: Api, name: string) => (await api.get<ServerView>(`/api/servers/${name}`)).body;
const stands = (api: Api, name: string, state: ServerView['state']) =>
  eventually(async () => {
    const found = await view(api, name);
    return found.state === state && found;
  });
const configError = async (api: Api) => (await api.get<ServerList>('/api/servers')).body.configError;
const works = async (api: Api, server: string) => {
  const args = { arguments: { text: 'hello' } };
  const { body } = await api.post<CallAnswer>(`/api/servers/${server}/tools/echo`, args);
  expect(body.result, JSON.stringify(body)).toMatchObject({ isError: false });
};

/** A port on which nobody listens. */
const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

function fileIn(folder: string) {
  const path = join(folder, 'mcp.json');
  return {
    put: (servers: Record<string, unknown>) =>
      writeFileSync(path, JSON.stringify({ mcpServers: servers }, null, 2)),
    write: (text: string | Buffer) => writeFileSync(path, text),
    read: () => readFileSync(path, 'utf8'),
    remove: () => rmSync(path, { recursive: true }),
    makeFolder: () => mkdirSync(path),
  };
}

test('wrong entries harm no other, each says what is wrong, and a correction connects it without a restart', async () => {
  const folder = tempFolder();
  const file = fileIn(folder);
  const bad: Record<string, [entry: unknown, words: string]> = {
    nothing: [{}, 'mcpServers.nothing.command: expected either command'],
    both: [{ command: 'x', url: 'http://127.0.0.1:1' }, 'mcpServers.both.command: expected either command'],
    args: [{ command: 'x', args: '-v' }, 'mcpServers.args.args: expected array'],
    unknown: [{ command: 'x', colour: 'red' }, 'mcpServers.unknown.colour: expected no such field'],
    limits: [{ command: 'x', meanwhile: { taskAfterMs: 'soon' } }, 'mcpServers.limits.meanwhile.taskAfterMs'],
    'bad name': [{ command: 'x' }, 'expected a name of letters'],
    unset: [
      { command: 'x', env: { KEY: `$\{MEANWHILE_TEST_UNSET}` } },
      'env.KEY names the environment variable MEANWHILE_TEST_UNSET',
    ],
    program: [{ command: '/no/such/program' }, 'There is no program “/no/such/program”'],
    folder: [{ command: process.execPath, cwd: '/no/such/folder' }, 'cwd'],
    nul: [{ command: 'a\0b' }, 'command'],
    address: [{ url: 'not an address' }, 'url'],
    scheme: [{ url: 'ftp://127.0.0.1/' }, 'url'],
    closed: [{ url: `http://127.0.0.1:${await closedPort()}/` }, 'Nothing answers at http://127.0.0.1:'],
    blocked: [{ url: 'http://127.0.0.1:9/' }, 'bad port'],
    header: [
      { url: 'http://127.0.0.1:9/', headers: { Authorization: 'Bearer\ns3cret' } },
      'headers.Authorization',
    ],
    exits: [
      { command: process.execPath, args: ['-e', 'console.error("no licence"); process.exit(3)'] },
      'exited with status 3',
    ],
  };
  const entries = Object.fromEntries(Object.entries(bad).map(([name, [entry]]) => [name, entry]));
  file.put({ ...entries, lab: workServer() });
  const before = file.read();
  const { api } = await testHost({}, { folder });
  await stands(api, 'lab', 'ready');
  await works(api, 'lab');
  expect(await configError(api)).toBeNull();
  for (const [name, [, words]] of Object.entries(bad)) {
    const { error } = await stands(api, encodeURIComponent(name), 'failed');
    expect.soft(error?.message, name).toContain(words);
    expect.soft(JSON.stringify(error), name).not.toMatch(/s3cret|\n\s+at |node:internal/);
    const refused = await api.post<Problem>(`/api/servers/${encodeURIComponent(name)}/tools/echo`, {});
    expect.soft(refused, name).toMatchObject({ status: 503, body: { code: 'server_unavailable' } });
  }
  expect((await view(api, 'exits')).stderrTail).toContain('no licence');
  expect(file.read()).toBe(before);

  file.put({ ...entries, args: workServer(), lab: workServer() });
  await stands(api, 'args', 'ready');
  await works(api, 'args');
});

test('a file of which nothing can be made names the line; nothing is written into it; a correction is taken at once', async () => {
  const folder = tempFolder();
  const file = fileIn(folder);
  const broken = '{\n  "mcpServers": {\n    "lab": \n  }\n}\n';
  file.write(broken);
  const { api } = await testHost({}, { folder });
  expect(await configError(api)).toContain('mcp.json, line 4');
  const refused = await api.post<Problem>('/api/servers', { name: 'more', command: 'x' });
  expect(refused).toMatchObject({ status: 422, body: { code: 'config_invalid' } });
  expect(refused.body.detail).toContain('line 4');
  expect(file.read()).toBe(broken);
  file.put({ lab: workServer() });
  await stands(api, 'lab', 'ready');
  expect(await configError(api)).toBeNull();
  await works(api, 'lab');
});

test('what breaks the file while the host runs leaves connected servers alone', async () => {
  const folder = tempFolder();
  const file = fileIn(folder);
  file.put({ lab: workServer() });
  const { api } = await testHost({}, { folder });
  await stands(api, 'lab', 'ready');
  const task = await api.post<CallAnswer>('/api/servers/lab/tools/hold', {});
  const stillWorks = async () => {
    await works(api, 'lab');
    expect((await api.get(`/api/tasks/${task.body.taskId}`)).body).toMatchObject({ status: 'working' });
  };

  file.write('{"mcpServers": {');
  await eventually(async () => (await configError(api))?.includes('line 1'));
  await stillWorks();

  file.write(Buffer.from('{"mcpServers": {"w\u00fc": {}}}', 'latin1'));
  await eventually(async () => (await configError(api))?.includes('UTF-8'));
  await stillWorks();

  file.remove();
  file.makeFolder();
  await eventually(async () => (await configError(api))?.includes('folder'));
  await stillWorks();
  const refused = await api.post<Problem>('/api/servers', { name: 'more', command: 'x' });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ code: 'config_invalid', detail: expect.stringContaining('folder') });

  file.remove();
  file.put({ lab: workServer(), second: workServer() });
  await stands(api, 'second', 'ready');
  expect(await configError(api)).toBeNull();
  await stillWorks();
});

test('servers are added, changed and removed through the API while comments and other entries stay', async () => {
  const folder = tempFolder();
  const file = fileIn(folder);
  file.write(
    '{\n  // mine\n  "inputs": [],\n  "mcpServers": {\n    "bad": { "colour": 1 }, // wrong\n  },\n}\n',
  );
  const { api } = await testHost({}, { folder });
  const added = await api.post<ServerView>('/api/servers', { name: 'lab', ...workServer() });
  expect(added.status).toBe(201);
  await stands(api, 'lab', 'ready');
  expect(file.read()).toMatch(
    /\/\/ mine[\s\S]*"inputs": \[\][\s\S]*"colour": 1[\s\S]*"lab"[\s\S]*\/\/ wrong/,
  );
  expect((await api.patch<ServerView>('/api/servers/lab', { enabled: false })).body.state).toBe('off');
  expect(await api.post('/api/servers/lab/tools/echo', {})).toMatchObject({
    status: 409,
    body: { code: 'server_off' },
  });
  expect((await api.delete('/api/servers/lab')).status).toBe(204);
  expect(file.read()).not.toContain('"lab"');
  expect((await api.get('/api/servers/lab')).status).toBe(404);
});
