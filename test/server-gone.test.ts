import { expect, test } from 'vitest';
import type { ServerView } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { httpFixture } from './support/http-fixture.ts';
import { tempFolder, testHost, writeConfig } from './support/test-host.ts';

test('a server behind an address that dies while idle is shown as gone, and is back when it is', async () => {
  const server = await httpFixture('work-server.ts');
  const { api } = await testHost({ remote: { url: server.url } });
  const state = async (wanted: string, withinMs: number) =>
    eventually(async () => {
      const { body } = await api.get<ServerView>('/api/servers/remote');
      return body.state === wanted && body;
    }, withinMs);
  await state('ready', 10_000);
  await server.kill();
  expect((await state('failed', 15_000)).error?.message).toBe(`Nothing answers at ${server.url}.`);

  await httpFixture('work-server.ts', undefined, Number(new URL(server.url).port));
  await api.post('/api/servers/remote/retry');
  await state('ready', 15_000);
  const { body } = await api.post<CallAnswer>('/api/servers/remote/tools/echo', {
    arguments: { text: 'back' },
  });
  expect(body.result?.isError).toBe(false);
}, 45_000);

test('a server that was restarted and has forgotten our session gets a new one by itself', async () => {
  const server = await httpFixture('sdk1-server.ts');
  const { api } = await testHost({ remote: { url: server.url } });
  const call = () =>
    api.post<CallAnswer>('/api/servers/remote/tools/work', { arguments: { steps: 1, ms: 1 } });
  await eventually(async () => (await call()).status === 200);
  await server.kill();
  await httpFixture('sdk1-server.ts', undefined, Number(new URL(server.url).port));
  await call(); // finds out; it is not sent again by us
  await eventually(async () => {
    const { status, body } = await call();
    return status === 200 && body.failure === undefined;
  });
}, 30_000);

test('a host that stops in the middle of a call elsewhere says that its end is not known', async () => {
  const server = await httpFixture('work-server.ts');
  const folder = tempFolder();
  writeConfig(folder, { remote: { url: server.url } });
  const first = await testHost({}, { folder });
  const answer = await eventually(async () => {
    const { body } = await first.api.post<CallAnswer>('/api/servers/remote/tools/hold', {});
    return body.taskId !== undefined && body;
  });
  await first.close();

  const { api } = await testHost({}, { folder });
  const { body } = await api.get<Task>(`/api/tasks/${answer.taskId}`);
  expect(body).toMatchObject({ status: 'lost', delivery: { state: 'delivered' } });
  expect(body.statusMessage).toContain('“remote” may have gone on with the work');
});
