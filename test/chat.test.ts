import { expect, test } from 'vitest';
import type { Message, MessagePart, Session } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer, MessagePage, Said, SessionPage } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { type Api, testHost, workServer } from './support/test-host.ts';

const newSession = async (api: Api) => (await api.post<Session>('/api/sessions', {})).body.id;
const say = (api: Api, session: string, text: string) =>
  api.post<Said>(`/api/sessions/${session}/messages`, { text });

/** What the host answered to something said. */
async function answer(api: Api, session: string, text: string): Promise<string> {
  const { body } = await say(api, session, text);
  const part = body.messages.at(-1)?.parts[0] as MessagePart;
  return part.type === 'notice' ? part.text : '';
}

const task = async (api: Api, id: string) => (await api.get<Task>(`/api/tasks/${id}`)).body;

test('without a model, words are answered with how to go on', async () => {
  const { api } = await testHost();
  const session = await newSession(api);
  expect(await answer(api, session, 'What can you do?')).toContain('No model is set up yet');
  expect(await answer(api, session, '/help')).toContain('/server.tool');
  expect(await answer(api, session, '/tasks')).toBe(
    'No tasks in this chat. Long work appears here by itself.',
  );
  expect(await answer(api, session, '/cancel')).toBe('Nothing is running in this chat.');
  const { sessions } = (await api.get<SessionPage>('/api/sessions')).body;
  expect(sessions).toMatchObject([{ id: session, title: 'What can you do?', running: 0 }]);
});

test('a command that cannot be carried out changes nothing', async () => {
  const { api } = await testHost({ lab: workServer() });
  const session = await newSession(api);
  for (const [text, status, code] of [
    ['/nonsense', 400, 'invalid_command'],
    ['/nowhere.tool', 404, 'server_not_found'],
    ['/lab.nothing', 404, 'tool_not_found'],
    ['/lab.silent ms=soon', 400, 'invalid_arguments'],
    ['/lab.silent {"ms":', 400, 'invalid_arguments'],
    ['/lab.silent', 400, 'invalid_arguments'],
    ['/cancel task_unknown', 404, 'task_not_found'],
  ] as const)
    expect(await say(api, session, text), text).toMatchObject({ status, body: { code } });
  const { messages } = (await api.get<MessagePage>(`/api/sessions/${session}/messages`)).body;
  expect(messages).toEqual([]);
});

test('/tasks tells what runs, /cancel stops the newest of this chat', async () => {
  const { api } = await testHost({ lab: workServer() });
  const session = await newSession(api);
  const other = await newSession(api);
  const start = async (where: string) => {
    const { body } = await say(api, where, '/lab.hold');
    const message = body.messages.at(-1)?.id;
    return eventually(async () => {
      const { messages } = (await api.get<MessagePage>(`/api/sessions/${where}/messages`)).body;
      const part = (messages as Message[]).find(({ id }) => id === message)?.parts[0];
      return part?.type === 'call' && part.taskId;
    });
  };
  const [older, newer, elsewhere] = [await start(session), await start(session), await start(other)];
  expect(await answer(api, session, '/tasks')).toMatch(
    new RegExp(`hold: working.*${newer}\\)\nhold: working.*${older}`),
  );
  expect(await answer(api, session, '/cancel')).toBe('Asked “hold” to stop.');
  expect((await task(api, newer)).cancel.requestedBy).toBe('chat');
  expect((await task(api, older)).cancel.requestedBy).toBeUndefined();
  expect((await task(api, elsewhere)).cancel.requestedBy).toBeUndefined();
  expect(await answer(api, session, '/tasks')).toContain('hold: stopping');
  expect(await answer(api, session, `/cancel ${elsewhere}`)).toBe('Asked “hold” to stop.');
});

test('a result whose chat was deleted says so, and stays on the task', async () => {
  const { api } = await testHost({ lab: workServer() });
  const session = await newSession(api);
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/steps', {
    sessionId: session,
    arguments: { steps: 10, ms: 20 },
  });
  expect((await api.delete(`/api/sessions/${session}`)).status).toBe(204);
  const ended = await eventually(async () => {
    const now = await task(api, body.taskId ?? '');
    return now.delivery.state !== 'pending' && now;
  });
  expect(ended).toMatchObject({
    status: 'completed',
    delivery: { state: 'undeliverable', error: 'Its chat has been deleted.' },
  });
  expect((await api.get(`/api/tasks/${ended.id}/result`)).status).toBe(200);
  expect((await api.get(`/api/sessions/${session}`)).status).toBe(404);
});

test('the session of direct calls is one, and stays as it is', async () => {
  const { api } = await testHost({ lab: workServer() });
  const call = () => api.post<CallAnswer>('/api/servers/lab/tools/echo', { arguments: { text: 'x' } });
  const [first, second] = await Promise.all([call(), call()]);
  const id = first?.body.sessionId;
  expect(second?.body.sessionId).toBe(id);
  expect((await api.get<Session>(`/api/sessions/${id}`)).body).toMatchObject({
    kind: 'direct',
    title: 'Direct calls',
  });
  expect(await api.delete(`/api/sessions/${id}`)).toMatchObject({
    status: 409,
    body: { code: 'session_fixed' },
  });
  expect(await api.patch(`/api/sessions/${id}`, { title: 'Mine' })).toMatchObject({ status: 409 });
});
