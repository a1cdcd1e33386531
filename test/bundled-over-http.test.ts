import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type HttpServer, serveHttp } from '../servers/runtime/test/connect.ts';
import type { Message, Session } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { LogPage, MessagePage, TaskPage } from '../src/views/api/contract/types.ts';
import { hostProcess, kill } from './crash/start-host-process.ts';
import { eventually } from './support/eventually.ts';
import { type Api, ROOT, tempFolder, writeConfig } from './support/test-host.ts';

const PROGRAM = join(ROOT, 'servers/command/main.ts');

async function commandOverHttp(folder: string, ...more: string[]): Promise<HttpServer> {
  const server = await serveHttp(PROGRAM, ['--folder', folder, '--grace-ms', '300', ...more]);
  onTestFinished(() => server.close());
  writeConfig(folder, { far: { url: server.url, headers: { Authorization: server.authorization } } });
  return server;
}

async function begin(api: Api, command: string): Promise<{ session: string; task(): Promise<Task> }> {
  const session = (await api.post<Session>('/api/sessions', {})).body.id;
  const text = `/far.run ${JSON.stringify({ command })}`;
  expect((await api.post(`/api/sessions/${session}/messages`, { text })).status).toBe(201);
  const list = () => api.get<TaskPage>(`/api/tasks?session=${session}`);
  await eventually(async () => (await list()).body.tasks.length === 1);
  return { session, task: async () => (await list()).body.tasks[0] as Task };
}

async function outputOf(api: Api, id: string): Promise<string[]> {
  const { entries } = (await api.get<LogPage>(`/api/tasks/${id}/log?after=0&limit=200`)).body;
  return entries.filter(({ kind }) => kind === 'output').map(({ text }) => text);
}

test('a command on a server over HTTP outlives the host: found again, its output once, its result in the chat', async () => {
  const folder = tempFolder();
  await commandOverHttp(folder, '--tasks', 'always');
  const first = await hostProcess(folder);
  const { session, task } = await begin(
    first.api,
    'for i in 1 2 3; do echo "step $i/9"; done; until [ -e go ]; do sleep 0.05; done; for i in 4 5 6 7 8 9; do echo "step $i/9"; done',
  );
  await eventually(async () => (await task()).progress?.value === 3);
  const { id } = await task();
  await kill(first);

  const second = await hostProcess(folder);
  const get = async () => (await second.api.get<Task>(`/api/tasks/${id}`)).body;
  expect(await get()).toMatchObject({ status: 'working' });
  writeFileSync(join(folder, 'go'), '');
  await eventually(async () => (await get()).endedAt !== undefined);
  expect(await get()).toMatchObject({
    status: 'completed',
    result: { preview: expect.stringContaining('Exit status 0') },
    delivery: { state: 'delivered' },
  });
  await eventually(async () => (await outputOf(second.api, id)).includes('step 9/9'));
  expect(await outputOf(second.api, id)).toEqual(Array.from({ length: 9 }, (_, at) => `step ${at + 1}/9`));
  const page = await second.api.get<MessagePage>(`/api/sessions/${session}/messages?limit=50`);
  expect((page.body.messages as Message[]).filter(({ taskId }) => taskId === id)).toHaveLength(1);
}, 30_000);

test('what was told on the stream of the call is not told again by the task that becomes of it', async () => {
  const folder = tempFolder();
  await commandOverHttp(folder);
  const { api } = await hostProcess(folder);
  const { task } = await begin(api, 'echo before; until [ -e go ]; do sleep 0.05; done; echo after');
  const { id } = await task();
  await eventually(async () => (await outputOf(api, id)).length === 1);
  await api.post('/api/servers/far/tools/run', { arguments: { command: 'sleep 1; touch go' } });
  await eventually(async () => (await task()).endedAt !== undefined);
  await eventually(async () => (await outputOf(api, id)).includes('after')); // the log may come a moment later
  expect(await outputOf(api, id)).toEqual(['before', 'after']);
}, 30_000);

test('a cancel on a server over HTTP ends the command, and the row says so', async () => {
  const folder = tempFolder();
  const server = await commandOverHttp(folder);
  const { api } = await hostProcess(folder);
  const { task } = await begin(api, 'echo begun; sleep 300');
  await eventually(() => server.started().length > 0);
  const { id } = await task();
  expect((await api.post(`/api/tasks/${id}/cancel`, {})).status).toBe(202);
  await eventually(async () => (await task()).endedAt !== undefined);
  expect(await task()).toMatchObject({ status: 'cancelled', cancel: { answer: 'stopped' } });
  expect(server.started()).toEqual([]);
}, 30_000);
