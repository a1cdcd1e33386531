import { expect, onTestFinished, test } from 'vitest';
import { postgresPlace, TEST_DATABASE_URL } from '../../src/store/postgres/postgres-place.fixture.ts';
import type { Message, Session } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import type { MessagePage, TaskPage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { processesWith } from '../support/processes.ts';
import { type Api, commandServer, tempFolder, workServer, writeConfig } from '../support/test-host.ts';
import { hostProcess, type KillPoint, kill } from './start-host-process.ts';

const newSession = async (api: Api): Promise<string> =>
  (await api.post<Session>('/api/sessions', {})).body.id;
const say = (api: Api, session: string, text: string) =>
  api.post(`/api/sessions/${session}/messages`, { text });
const messagesOf = async (api: Api, session: string): Promise<Message[]> =>
  (await api.get<MessagePage>(`/api/sessions/${session}/messages?limit=200`)).body.messages as Message[];
const tasksOf = async (api: Api): Promise<Task[]> =>
  (await api.get<TaskPage>('/api/tasks?limit=200')).body.tasks as Task[];
const deliveries = (messages: readonly Message[]) => messages.filter(({ taskId }) => taskId !== undefined);

const onPostgres = TEST_DATABASE_URL === undefined ? test.skip : test;

test.each(['the host alone', 'the host and its server'])(
  'killed with ten running tasks (%s): each is ended truthfully, once, and nothing of them is left',
  (killed) => killedWithTenTasks(killed, {}),
  60_000,
);

onPostgres(
  'the same on PostgreSQL',
  async () => {
    const place = await postgresPlace();
    onTestFinished(() => place.remove(), 60_000);
    await killedWithTenTasks('the host alone', { DATABASE_URL: place.url });
  },
  60_000,
);

async function killedWithTenTasks(killed: string, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = tempFolder();
  writeConfig(folder, { command: commandServer(folder) });
  const first = await hostProcess(folder, 'never', env);
  const session = await newSession(first.api);
  // Each has a child in a session of its own that ignores SIGTERM: the hardest to find, and to end.
  const command = `setsid sh -c 'trap \\"\\" TERM; sleep 48151623' & echo started; sleep 48151623`;
  for (let i = 0; i < 10; i++)
    expect((await say(first.api, session, `/command.run command="${command}"`)).status).toBe(201);
  await eventually(async () => (await tasksOf(first.api)).length === 10);
  await eventually(() => processesWith('48151623').length >= 20);
  const servers = processesWith(`main.ts --folder ${folder}`);
  expect(servers).not.toEqual([]);
  await kill(first);
  // The server would end its commands when its host is gone; killed too, only the ledger knows of them.
  if (killed !== 'the host alone') for (const pid of servers) killNow(pid);

  const second = await hostProcess(folder, 'never', env);
  const tasks = await tasksOf(second.api);
  expect(processesWith('48151623')).toEqual([]);
  expect(tasks).toHaveLength(10);
  for (const task of tasks)
    expect(task).toMatchObject({
      status: 'failed',
      failure: { reason: 'interrupted', message: expect.stringContaining('Meanwhile was stopped') },
      delivery: { state: 'delivered' },
    });
  const told = deliveries(await messagesOf(second.api, session)).map(({ taskId }) => taskId);
  expect(told.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
}

function killNow(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it was faster
  }
}

test('killed after the row is written and before the call is sent: the call is ended in its message', async () => {
  const folder = tempFolder();
  writeConfig(folder, { lab: workServer() });
  const first = await hostProcess(folder, 'row-written');
  const session = await newSession(first.api);
  await say(first.api, session, '/lab.echo text=hello').catch(() => {});
  expect(await first.exited).toEqual({ signal: 'SIGKILL' });

  const second = await hostProcess(folder);
  const [own, call, ...more] = await messagesOf(second.api, session);
  expect(own?.parts).toEqual([{ type: 'text', text: '/lab.echo text=hello' }]);
  expect(call?.parts[0]).toMatchObject({ type: 'call', state: 'failed', failure: { reason: 'interrupted' } });
  expect(more).toEqual([]);
  expect(await tasksOf(second.api)).toEqual([]);
});

test.each<[KillPoint, string, Partial<Task>]>([
  ['end-arrived', 'after the end arrived and before it is saved', { status: 'failed' }],
  ['end-saved', 'after the end is saved and before the chat message', { status: 'completed' }],
  ['message-written', 'after the message and before the delivery mark', { status: 'completed' }],
])('killed at %s (%s): one true end, one message', async (point, _words, expected) => {
  const folder = tempFolder();
  writeConfig(folder, { lab: workServer() });
  const first = await hostProcess(folder, point);
  const session = await newSession(first.api);
  await say(first.api, session, '/lab.steps steps=3 ms=20').catch(() => {});
  expect(await first.exited).toEqual({ signal: 'SIGKILL' });

  for (const start of ['second', 'third']) {
    const next = await hostProcess(folder);
    const tasks = await tasksOf(next.api);
    expect(tasks, start).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ ...expected, delivery: { state: 'delivered' } });
    if (expected.status === 'failed') expect(tasks[0]).toMatchObject({ failure: { reason: 'interrupted' } });
    const told = deliveries(await messagesOf(next.api, session));
    expect(told.map(({ taskId }) => taskId)).toEqual([tasks[0]?.id]);
    expect(tasks[0]?.delivery.messageId).toBe(told[0]?.id);
    await kill(next);
  }
});
