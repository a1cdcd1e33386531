import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ServerEntry } from '../src/sources/server-entry.ts';
import type { ServerView } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer, Problem } from '../src/views/api/contract/types.ts';
import { runCli } from '../src/views/cli/test/run-cli.ts';
import { eventually } from './support/eventually.ts';
import { type Api, ROOT, tempFolder, testHost, writeConfig } from './support/test-host.ts';

/* Settings of a server: from mcp.json and its manifest to the arguments it is started with, and back through the API. */

const FIXTURE = join(ROOT, 'test/fixtures/settings');
const PATH = '/api/servers/lab';

const entry = (settings: object, more: object = {}): ServerEntry => ({
  command: process.execPath,
  args: [join(FIXTURE, 'server.ts')],
  meanwhile: {
    manifest: join(FIXTURE, 'manifest.json'),
    settings: { ...settings },
    taskAfterMs: 50,
    ...more,
  },
});

async function lab(settings: object, more: object = {}, state: ServerView['state'] = 'ready') {
  const folder = tempFolder();
  writeConfig(folder, { lab: entry(settings, more) });
  const { api } = await testHost({}, { folder });
  await stands(api, state);
  return { api, folder };
}

const view = async (api: Api) => (await api.get<ServerView>(PATH)).body;
const stands = (api: Api, state: ServerView['state']) =>
  eventually(async () => {
    const found = await view(api);
    return found.state === state && found;
  }, 10_000);
const set = <T = ServerView>(api: Api, settings: object, more: object = {}) =>
  api.patch<T>(PATH, { meanwhile: { settings }, ...more });
const saved = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'mcp.json'), 'utf8')).mcpServers.lab.meanwhile.settings;
async function startedWith(api: Api): Promise<readonly string[]> {
  await stands(api, 'ready');
  const { body } = await api.post<CallAnswer>(`${PATH}/tools/arguments`, {});
  const whole = body.result?.content ?? (await resultOf(api, body.taskId)); // on a busy machine it becomes a task
  const { content } = whole as { content: [{ text: string }] };
  return JSON.parse(content[0].text);
}
async function resultOf(api: Api, taskId: string | undefined): Promise<unknown> {
  const result = async () =>
    (await api.get<{ content?: unknown }>(`/api/tasks/${taskId}/result`)).body.content;
  return eventually(async () => (await result()) as object | undefined);
}

const settingOf = ({ settings }: ServerView, name: string) =>
  settings?.fields.find((field) => field.name === name)?.value;

describe('what a server is started with', () => {
  test('each setting is an option behind the arguments, in the order of the manifest', async () => {
    const home = tempFolder();
    const { api } = await lab({
      'read-only': true,
      note: '--folder=/',
      folder: [home],
      'grace-ms': 0,
      allow: [],
    });
    expect(await startedWith(api)).toEqual([
      `--folder=${home}`,
      '--grace-ms=0',
      '--read-only',
      '--note=--folder=/',
    ]);
  });

  test('variables are filled in; a folder within the data folder is made', async () => {
    const workspace = `$\{MEANWHILE_DATA}/workspace`;
    const { api, folder } = await lab({ folder: [workspace] });
    expect(await startedWith(api)).toEqual([`--folder=${folder}/workspace`]);
    expect(existsSync(join(folder, 'workspace'))).toBe(true);
    expect((await view(api)).settings?.fields[0]).toMatchObject({
      name: 'folder',
      multiple: true,
      value: [workspace],
      expanded: [`${folder}/workspace`],
    });
  });

  test('title and description come from the manifest, what is secret is named only', async () => {
    const { api } = await lab({ folder: [tempFolder()] });
    const { title, description, settings } = await view(api);
    expect({ title, description, secrets: settings?.secrets }).toEqual({
      title: 'Set up',
      description: 'Tells how it was started.',
      secrets: ['key'],
    });
  });

  test.each<[string, object, object, string]>([
    [
      'a setting that is wrong',
      { folder: ['/no/such/folder'] },
      {},
      'meanwhile.settings.folder[0]: expected a folder that exists',
    ],
    ['one that is missing', {}, {}, 'meanwhile.settings.folder: expected a value'],
    [
      'one that is not known',
      { folder: ['/'], colour: 1 },
      {},
      'meanwhile.settings.colour: expected no such setting',
    ],
    [
      'a variable that is not set',
      { folder: [`$\{MEANWHILE_TEST_UNSET}`] },
      {},
      'meanwhile.settings.folder[0] names the environment variable',
    ],
    [
      'a manifest that is not there',
      {},
      { manifest: '/no/such/manifest.json' },
      'The manifest /no/such/manifest.json: it cannot be read',
    ],
    ['a manifest that is none', {}, { manifest: join(ROOT, 'README.md') }, 'expected JSON'],
  ])('%s: the server does not start, and its card says why', async (_what, settings, more, words) => {
    const { api } = await lab(settings, more, 'failed');
    const { error, stderrTail } = await view(api);
    expect(error?.message).toContain(words);
    expect(stderrTail).toBeUndefined();
  });

  test('a server without a manifest is started as ever', async () => {
    const { api } = await testHost({
      lab: { command: process.execPath, args: [join(FIXTURE, 'server.ts'), '--folder', '/'] },
    });
    expect(await startedWith(api)).toEqual(['--folder', '/']);
    expect((await view(api)).settings).toBeUndefined();
  });
});

describe('changing settings', () => {
  test('each that is named is replaced, null takes one out; the server is started anew', async () => {
    const [one, two] = [tempFolder(), tempFolder()];
    const { api, folder } = await lab({ folder: [one], note: 'a', 'grace-ms': 5 });
    const { status, body } = await set(api, { folder: [two, one], note: null, mode: 'quick' });
    expect({ status, folders: settingOf(body, 'folder') }).toEqual({ status: 200, folders: [two, one] });
    expect(await startedWith(api)).toEqual([
      `--folder=${two}`,
      `--folder=${one}`,
      '--grace-ms=5',
      '--mode=quick',
    ]);
    expect(saved(folder)).toEqual({ folder: [two, one], 'grace-ms': 5, mode: 'quick' });
  });

  test('a server that is off stays off; what is the same restarts nothing', async () => {
    const home = tempFolder();
    const { api, folder } = await lab({ folder: [home] }, { enabled: false }, 'off');
    expect((await set(api, { note: 'a' })).body).toMatchObject({ state: 'off', enabled: false });
    expect(saved(folder)).toEqual({ folder: [home], note: 'a' });
    await api.patch(PATH, { enabled: true });
    const { seq } = await stands(api, 'ready');
    expect((await set(api, { folder: [home], mode: null })).body).toMatchObject({ state: 'ready', seq });
  });

  test.each<[object, string]>([
    [{ folder: ['/no/such/folder'] }, 'meanwhile.settings.folder[0]'],
    [{ folder: ['relative'] }, 'meanwhile.settings.folder[0]'],
    [{ folder: null }, 'meanwhile.settings.folder'],
    [{ folder: 'one' }, 'meanwhile.settings.folder'],
    [{ 'grace-ms': 1e9 }, 'meanwhile.settings.grace-ms'],
    [{ mode: 'reckless' }, 'meanwhile.settings.mode'],
    [{ note: { toString: 1 } }, 'meanwhile.settings.note'],
    [{ note: `$\{MEANWHILE_TEST_UNSET}` }, 'meanwhile.settings.note'],
    [{ constructor: 'x' }, 'meanwhile.settings.constructor'],
    [{ key: 'secret' }, 'meanwhile.settings.key'],
    [{ '--help': true }, 'meanwhile.settings.--help'],
    [Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, 1])), 'meanwhile.settings'],
  ])('%j is refused, and nothing is changed', async (settings, field) => {
    const { api, folder } = await lab({ folder: [`$\{MEANWHILE_DATA}`] }, { enabled: false }, 'off');
    const before = readFileSync(join(folder, 'mcp.json'), 'utf8');
    const { status, body } = await set<Problem>(api, settings);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_request' });
    expect(body.errors?.map((error) => error.field)).toContain(field);
    expect(readFileSync(join(folder, 'mcp.json'), 'utf8')).toBe(before);
    expect((await view(api)).state).toBe('off');
  });

  test('an address has no settings, nor has an entry without a manifest', async () => {
    const { api } = await testHost({});
    const manifest = join(FIXTURE, 'manifest.json');
    for (const [body, field] of [
      [{ name: 'lab', url: 'http://127.0.0.1:9/', meanwhile: { manifest } }, 'meanwhile.manifest'],
      [{ name: 'lab', command: 'x', meanwhile: { settings: { a: 1 } } }, 'meanwhile.settings'],
    ] as const) {
      const refused = await api.post<Problem>('/api/servers', body);
      expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ field }] } });
    }
    expect((await api.get(PATH)).status).toBe(404);
  });

  test('work that would end is named first; then it ends, and says why', async () => {
    const { api, folder } = await lab({ folder: ['/'] });
    const { body: call } = await api.post<CallAnswer>(`${PATH}/tools/hold`, {});
    const before = saved(folder);
    const refused = await set<Problem>(api, { note: 'a' });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'would_end_others', others: [{ id: call.taskId }] },
    });
    expect(saved(folder)).toEqual(before);
    expect((await api.get<Task>(`/api/tasks/${call.taskId}`)).body.status).toBe('working');
    // What is wrong is said before anything is asked.
    expect((await set<Problem>(api, { mode: 'x' })).body.code).toBe('invalid_request');

    expect((await set(api, { note: 'a' }, { alsoEnds: [call.taskId] })).status).toBe(200);
    const ended = await eventually(async () => {
      const { body } = await api.get<Task>(`/api/tasks/${call.taskId}`);
      return body.endedAt !== undefined && body;
    });
    expect(ended).toMatchObject({
      status: 'failed',
      failure: {
        reason: 'server_exited',
        message: '“Set up” was started anew with other settings, which ended this.',
      },
    });
    expect(await startedWith(api)).toEqual(['--folder=/', '--note=a']);
  });

  test('changes at the same time are all made', async () => {
    const { api, folder } = await lab({ folder: ['/'] }, { enabled: false }, 'off');
    const changes = { note: 'a', mode: 'quick', allow: ['git'], 'grace-ms': 1 };
    await Promise.all(Object.entries(changes).map(([name, value]) => set(api, { [name]: value })));
    expect(saved(folder)).toEqual({ folder: ['/'], ...changes });
  });

  test('comments and order of the file stay; a link to a folder is a folder', async () => {
    const { api, folder } = await lab({ folder: ['/'] }, { enabled: false }, 'off');
    const text = readFileSync(join(folder, 'mcp.json'), 'utf8').replace('{', '{ // mine\n');
    writeFileSync(join(folder, 'mcp.json'), text);
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect((await set(api, { folder: [join(folder, 'link')] })).status).toBe(200);
    expect(readFileSync(join(folder, 'mcp.json'), 'utf8')).toContain('// mine');
  });
});

describe('from a terminal', () => {
  test('settings are shown, set and taken out; what is wrong is told as by the API', async () => {
    const [one, two] = [tempFolder(), tempFolder()];
    const { api, folder } = await lab({ folder: [one], note: 'a' });
    const cli = (...args: string[]) => runCli(folder, 'servers', ...args).ended;
    const shown = await cli('show', 'lab');
    expect(shown.stdout).toMatch(
      new RegExp(`Settings\\n  folder +${one}\\n +Folders\\n  allow +not set\\n[^]*key +secret: given`),
    );
    expect(await cli('set', 'lab', `folder=${two}`, `folder=${one}`, 'note=', 'read-only=yes')).toEqual({
      status: 0,
      stdout: 'lab is ready: 2 tools\n',
      stderr: '',
    });
    expect(await startedWith(api)).toEqual([`--folder=${two}`, `--folder=${one}`, '--read-only']);
    const refused = await cli('set', 'lab', 'folder=/no/such/folder', 'grace-ms=soon');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('meanwhile.settings.folder[0]: a folder that exists');
    expect(refused.stderr).toContain('meanwhile.settings.grace-ms: a whole number from 0 to 60000');

    const { body: call } = await api.post<CallAnswer>(`${PATH}/tools/hold`, {});
    const named = await cli('set', 'lab', 'mode=quick');
    expect(named.status).toBe(1);
    expect(named.stderr).toContain(call.taskId);
    expect((await cli('set', 'lab', 'mode=quick', '--also-ends-others')).status).toBe(0);
    expect(saved(folder).mode).toBe('quick');
  });
});
