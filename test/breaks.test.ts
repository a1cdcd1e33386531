import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServerView } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer, Problem } from '../src/views/api/contract/types.ts';
import { cutOff } from './support/cut-off.ts';
import { eventually } from './support/eventually.ts';
import { httpFixture } from './support/http-fixture.ts';
import { type Api, tempFolder, testHost, writeConfig } from './support/test-host.ts';

/* The network goes away, or a server stays away: nothing that is shown is untrue meanwhile or afterwards. */

async function lab(url: string) {
  const { api } = await testHost({ lab: { url, meanwhile: { taskAfterMs: 50 } } });
  await ready(api);
  const task = async (id: string) => (await api.get<Task>(`/api/tasks/${id}`)).body;
  return {
    async begin(tool: string, args: Record<string, unknown>): Promise<string> {
      const { body } = await api.post<CallAnswer>(`/api/servers/lab/tools/${tool}`, { arguments: args });
      expect(body.taskId, JSON.stringify(body)).toBeDefined();
      return body.taskId!;
    },
    until: (id: string, fits: (task: Task) => boolean, withinMs: number) =>
      eventually(async () => {
        const now = await task(id);
        return fits(now) && now;
      }, withinMs),
  };
}

const ready = (api: Api) =>
  eventually(async () => (await api.get<ServerView>('/api/servers/lab')).body.state === 'ready', 20_000);

test.each(['plain-sdk2-server.ts', 'tasks-v2-server.ts'])(
  '%s: while the network is away the row says so; then the work is found where it was',
  async (file) => {
    const path = join(tempFolder(), 'go');
    const way = await cutOff((await httpFixture(file)).url);
    const { begin, until } = await lab(way.url);
    const id = await begin('wait_for', { path });
    await way.goAway();
    const away = await until(id, ({ contactLost }) => contactLost !== undefined, 9_000);
    expect(away).toMatchObject({ status: 'working', contactLost: { since: expect.any(String) } });
    writeFileSync(path, ''); // the work goes on there, and ends while nobody can see it
    await way.comeBack();
    expect(await until(id, ({ endedAt }) => endedAt !== undefined, 15_000)).toMatchObject({
      status: 'completed',
      result: { preview: 'the file is there' },
    });
  },
  40_000,
);

test('a server that stays away for longer than it keeps its tasks: lost, as nobody can know', async () => {
  const { url, kill } = await httpFixture('tasks-v2-server.ts', undefined, 0, ['--ttl-ms', '1500']);
  const { begin, until } = await lab(url);
  const id = await begin('wait_for', { path: '/nowhere' });
  await kill();
  await until(id, ({ contactLost }) => contactLost !== undefined, 5_000);
  expect(await until(id, ({ endedAt }) => endedAt !== undefined, 10_000)).toMatchObject({
    status: 'lost',
    statusMessage: expect.stringContaining('longer than it keeps its tasks'),
  });
}, 30_000);

test('a short call stays a call, also where its stream could be taken up again', async () => {
  const { url } = await httpFixture('plain-sdk1-server.ts', undefined, 0, [], 'http-resumable');
  const { api } = await testHost({ lab: { url } });
  await ready(api);
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/greet', {});
  expect(body).toMatchObject({ result: { isError: false } });
  expect(body.taskId).toBeUndefined();
});

test.each([
  ['tasks-v2-server.ts', 'http'],
  ['tasks-v1-server.ts', 'http-session'],
  ['plain-sdk1-server.ts', 'http-resumable'],
])(
  '%s, %s: work that a new run of the host finds again is in contact again, while it runs',
  async (file, transport) => {
    const { url } = await httpFixture(file, undefined, 0, [], transport);
    const folder = tempFolder();
    const path = join(folder, 'go');
    writeConfig(folder, { lab: { url, meanwhile: { taskAfterMs: 50 } } });
    const first = await testHost({}, { folder });
    await ready(first.api);
    const { body } = await first.api.post<CallAnswer>('/api/servers/lab/tools/wait_for', {
      arguments: { path },
    });
    // It may be a task before its server has said how it is found again.
    await eventually(async () => (await first.stopping.plan()).tasks[0]?.fate === 'reattached');
    await first.close();

    const second = await testHost({}, { folder });
    const task = async () => (await second.api.get<Task>(`/api/tasks/${body.taskId}`)).body;
    await eventually(async () => (await task()).contactLost === undefined, 10_000);
    expect(await task()).toMatchObject({ status: 'working' });
    writeFileSync(path, '');
    await eventually(async () => (await task()).status === 'completed', 10_000);
  },
);

test('a question from before a restart can be answered at once, before the server was asked how the task stands', async () => {
  const { url } = await httpFixture('tasks-v2-server.ts');
  const way = await cutOff(url);
  const folder = tempFolder();
  writeConfig(folder, { lab: { url: way.url, meanwhile: { taskAfterMs: 50 } } });
  const first = await testHost({}, { folder });
  await ready(first.api);
  const { body } = await first.api.post<CallAnswer>('/api/servers/lab/tools/ask', {});
  const task = async (api: Api) => (await api.get<Task>(`/api/tasks/${body.taskId}`)).body;
  const key = await eventually(async () => (await task(first.api)).input?.[0]?.key);
  await first.close();

  await way.goAway(); // so that nothing is known of the task yet
  const second = await testHost({}, { folder });
  const answer = { key, action: 'accept', content: { name: 'Ada' } };
  const asked = await second.api.post<Problem>(`/api/tasks/${body.taskId}/input`, answer);
  expect(asked.body.code).toBe('server_unavailable'); // and the question stays
  expect((await task(second.api)).input).toHaveLength(1);
  await way.comeBack();
  await eventually(
    async () => (await second.api.post(`/api/tasks/${body.taskId}/input`, answer)).status === 202,
    20_000,
  );
  await eventually(async () => (await task(second.api)).status === 'completed', 10_000);
}, 60_000);
