import { expect, test } from 'vitest';
import type { Message, Session } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer, MessagePage, Said, TaskPage } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { processesWith } from './support/processes.ts';
import { type Api, commandServer, tempFolder, testHost, workServer } from './support/test-host.ts';

const ended = (api: Api, id: string) =>
  eventually(async () => {
    const { body } = await api.get<Task>(`/api/tasks/${id}`);
    return body.endedAt !== undefined && body.delivery.state !== 'pending' && body;
  });

const messagesOf = async (api: Api, session: string): Promise<Message[]> =>
  (await api.get<MessagePage>(`/api/sessions/${session}/messages`)).body.messages as Message[];

test('a short call stays a call, and stands in its session', async () => {
  const { api } = await testHost({ lab: workServer() });
  const { status, body } = await api.post<CallAnswer>('/api/servers/lab/tools/echo', {
    arguments: { text: 'hello' },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    result: { isError: false, content: { content: [{ type: 'text', text: 'hello' }] } },
  });
  expect(body.taskId).toBeUndefined();
  expect((await api.get<TaskPage>('/api/tasks')).body.tasks).toEqual([]);
  const [message] = await messagesOf(api, body.sessionId);
  expect(message?.parts[0]).toMatchObject({ type: 'call', state: 'completed', preview: 'hello' });
});

test('a call that reports progress becomes a task, and its end is delivered exactly once', async () => {
  const { api } = await testHost({ lab: workServer() });
  const session = (await api.post<Session>('/api/sessions', {})).body;
  const said = await api.post<Said>(`/api/sessions/${session.id}/messages`, {
    text: '/lab.steps steps=4 ms=10',
  });
  expect(said.status).toBe(201);
  expect(said.body.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  const { id } = await eventually(async () => (await api.get<TaskPage>('/api/tasks')).body.tasks[0]);
  const task = await ended(api, id);
  expect(task).toMatchObject({
    status: 'completed',
    progress: { value: 4, total: 4, message: 'step 4 of 4' },
    delivery: { state: 'delivered' },
    sessionId: session.id,
    result: { preview: 'did 4 steps', isError: false },
  });
  const messages = await messagesOf(api, session.id);
  expect(messages.filter(({ taskId }) => taskId === id)).toHaveLength(1);
  expect(messages.at(-1)?.parts[0]).toMatchObject({ type: 'task', task: { id, status: 'completed' } });
  expect(messages[1]?.parts[0]).toMatchObject({ type: 'call', state: 'task', taskId: id });
});

test('a silent call becomes a task after taskAfterMs', async () => {
  const { api } = await testHost({ lab: workServer({ taskAfterMs: 50 }) });
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/silent', { arguments: { ms: 300 } });
  expect(body.taskId).toBeDefined();
  expect(await ended(api, body.taskId ?? '')).toMatchObject({ status: 'completed' });
});

test('a tool error is failed, with the reason', async () => {
  const { api } = await testHost({ lab: workServer({ taskAfterMs: 0 }) });
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/fail', {
    arguments: { text: 'no space' },
  });
  if (body.taskId === undefined) expect(body.failure).toEqual({ reason: 'tool_error', message: 'no space' });
  else
    expect(await ended(api, body.taskId)).toMatchObject({
      status: 'failed',
      failure: { reason: 'tool_error', message: 'no space' },
    });
});

test('cancel is stopping until the source confirms, then cancelled, and nothing of it is left', async () => {
  const folder = tempFolder();
  const { api } = await testHost({ command: commandServer(folder) });
  const [one, two] = [process.pid + 1_000_000, process.pid + 2_000_000]; // seconds that no other run waits for
  const command = `setsid sleep ${one} & sh -c "trap '' TERM; sleep ${two} & wait" & echo started; wait`;
  const { body } = await api.post<CallAnswer>('/api/servers/command/tools/run', { arguments: { command } });
  const id = body.taskId ?? '';
  const asked = await api.post<Task>(`/api/tasks/${id}/cancel`, {});
  expect(asked.status).toBe(202);
  expect(asked.body).toMatchObject({ status: 'working', cancel: { requestedBy: 'you' } });
  const task = await ended(api, id);
  expect(task).toMatchObject({ status: 'cancelled', delivery: { state: 'delivered' } });
  expect([...processesWith(`sleep ${one}`), ...processesWith(`sleep ${two}`)]).toEqual([]);
});

test('where the tool cannot stop, cancel is refused', async () => {
  const { api } = await testHost({ lab: workServer({ cancel: 'none' }) });
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/steps', {
    arguments: { steps: 3, ms: 50 },
  });
  const refused = await api.post(`/api/tasks/${body.taskId}/cancel`, {});
  expect(refused).toMatchObject({ status: 409, body: { code: 'cancel_unsupported' } });
  await ended(api, body.taskId ?? '');
  expect(await api.post(`/api/tasks/${body.taskId}/cancel`, {})).toMatchObject({
    status: 409,
    body: { code: 'already_ended' },
  });
});

test('a server that exits in the middle fails its calls with the reason, and comes back', async () => {
  const { api } = await testHost({ lab: workServer() });
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/exit', { arguments: { code: 7 } });
  const task = await ended(api, body.taskId ?? '');
  expect(task).toMatchObject({
    status: 'failed',
    failure: { reason: 'server_exited', message: 'The server exited with status 7.' },
  });
  const again = await eventually(async () => {
    const answer = await api.post<CallAnswer>('/api/servers/lab/tools/echo', {
      arguments: { text: 'back' },
    });
    return answer.status === 200 && answer;
  });
  expect(again.body.result?.isError).toBe(false);
});

test('what is no message on the wire harms nothing', async () => {
  const { api } = await testHost({ lab: workServer() });
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/noise', {});
  expect(body.result?.content).toMatchObject({ content: [{ text: 'after the noise' }] });
});
