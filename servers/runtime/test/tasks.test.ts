import type { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect, type HttpServer, isOutput, isProgress, serveHttp } from './connect.ts';
import { modernRequests } from './modern-requests.ts';

const PROGRAM = new URL('./sample-server.ts', import.meta.url).pathname;
const answer = ({ message }: { message: string }) => ({
  action: 'accept',
  content: { name: message.includes('first') ? 'Ada' : 'Grace' },
});

describe('tasks of 2025-11-25, over stdio', () => {
  let connection: Connection;
  let tasks: ClientV1['experimental']['tasks'];

  beforeEach(async () => {
    connection = await connect(PROGRAM, [], { kind: 'sdk v1', answer });
    tasks = (connection.client as ClientV1).experimental.tasks;
  });
  afterEach(() => connection.close());

  async function begin(name: string): Promise<string> {
    const stream = tasks.callToolStream(
      { name, arguments: {}, _meta: { progressToken: 'token-3' } },
      undefined,
      {
        task: { ttl: 60_000 },
      },
    );
    for await (const message of stream) if (message.type === 'taskCreated') return message.task.taskId;
    throw new Error('no task was made');
  }

  it('are offered where the work is long', async () => {
    const { tools } = await connection.client.listTools();
    expect(tools.map(({ execution }) => execution?.taskSupport)).toEqual([
      undefined,
      'optional',
      'optional',
      undefined,
    ]);
    expect(connection.client.getServerCapabilities()).toMatchObject({ tasks: { cancel: {}, list: {} } });
  });

  it('ask on the stream of the result, and answer with it', async () => {
    const stream = tasks.callToolStream({ name: 'ask', arguments: {} }, undefined, { task: { ttl: 60_000 } });
    const messages = [];
    for await (const message of stream) messages.push(message);
    expect(messages.at(-1)).toMatchObject({
      type: 'result',
      result: { content: [{ text: 'Ada and Grace' }] },
    });
  });

  it('tell progress and output under the token of the call, are listed, and say when they have stopped', async () => {
    const taskId = await begin('until_stopped');
    await connection.frame(isProgress);
    await connection.frame(isOutput('line two'));
    expect(await tasks.getTask(taskId)).toMatchObject({
      status: 'working',
      statusMessage: 'Working',
      ttl: null,
    });
    expect((await tasks.listTasks()).tasks.map((task) => task.taskId)).toEqual([taskId]);
    const cancelled = { status: 'cancelled', statusMessage: 'Stopped in the middle. Step 1 of 4 is done.' };
    expect(await tasks.cancelTask(taskId)).toMatchObject(cancelled);
    await expect(tasks.cancelTask(taskId)).rejects.toThrow('it is cancelled already');
    await expect(tasks.getTask('other')).rejects.toThrow('there is no task other');
  });
});

describe('tasks of the extension, over HTTP', () => {
  let server: HttpServer;
  beforeEach(async () => {
    server = await serveHttp(PROGRAM, []);
  });
  afterEach(() => server.close());

  it('are made of long work that goes on for more than a moment, and outlive the call', async () => {
    const { request } = modernRequests(server);
    const created = await request('tools/call', { name: 'until_stopped', arguments: {} });
    expect(created).toMatchObject({
      resultType: 'task',
      status: 'working',
      statusMessage: 'Working',
      ttlMs: null,
    });
    expect(created).toMatchObject({
      _meta: {
        'meanwhile/progress': { value: 1, total: 4, unit: 'steps' },
        'meanwhile/output': { next: 2, lines: ['line one', 'line two'] },
      },
    });
    const { taskId } = created;
    expect(await request('tasks/get', { taskId })).toMatchObject({
      resultType: 'complete',
      status: 'working',
    });
    expect(await request('tasks/cancel', { taskId })).toMatchObject({ resultType: 'complete' });
    await expect
      .poll(() => request('tasks/get', { taskId }))
      .toMatchObject({ status: 'cancelled', statusMessage: 'Stopped in the middle. Step 1 of 4 is done.' });
    expect(await request('tasks/cancel', { taskId })).toMatchObject({ resultType: 'complete' });
  });

  it('ask with the task, take answers in parts, and carry the result', async () => {
    const { request } = modernRequests(server, { elicitation: { form: {} } });
    const { taskId, ...created } = await request('tools/call', { name: 'ask', arguments: {} });
    expect(created).toMatchObject({
      status: 'input_required',
      inputRequests: {
        first: { method: 'elicitation/create', params: { message: 'The first name?' } },
        second: {},
      },
    });
    const give = (key: string, name: string) =>
      request('tasks/update', {
        taskId,
        inputResponses: { [key]: { action: 'accept', content: { name } }, x: {} },
      });
    await give('first', 'Ada');
    const left = await request('tasks/get', { taskId });
    expect(Object.keys(left.inputRequests as object)).toEqual(['second']);
    await give('second', 'Grace');
    await expect
      .poll(() => request('tasks/get', { taskId }))
      .toMatchObject({
        status: 'completed',
        result: { content: [{ text: 'Ada and Grace' }], isError: false },
      });
  });

  it('are not made of what is over at once, nor for a client that cannot follow them', async () => {
    const { request } = modernRequests(server);
    expect(await request('tools/call', { name: 'quick', arguments: { text: 'a' } })).toMatchObject({
      resultType: 'complete',
      structuredContent: { said: 'a' },
    });
    const plain = modernRequests(server, { extensions: {} });
    await expect(plain.request('tasks/get', { taskId: 'x' })).rejects.toMatchObject({ code: -32021 });
    await expect(request('tasks/get', { taskId: 'x' })).rejects.toMatchObject({ code: -32602 });
    await expect(request('tasks/list', {})).rejects.toMatchObject({ code: -32601 });
  });

  it('a call of a client that cannot follow tasks is stopped when its stream is closed', async () => {
    const plain = modernRequests(server, { extensions: {} });
    const abort = new AbortController();
    const call = plain.request('tools/call', { name: 'until_stopped', arguments: {} }, abort.signal);
    await plain.frame((frame) => frame.method === 'notifications/progress');
    abort.abort();
    await expect(call).rejects.toThrow();
    await expect
      .poll(() => plain.request('resources/read', { uri: 'sample:///count' }))
      .toMatchObject({ contents: [{ text: '{"count":0,"stopped":1}' }] });
  });
});

describe('tasks of the extension, over stdio', () => {
  it('are made of what asks something, where a cancel could not reach it otherwise', async () => {
    const connection = await connect(PROGRAM, [], { answer });
    const { request } = modernRequests(connection, { elicitation: { form: {} } });
    const { taskId, ...created } = await request('tools/call', { name: 'ask', arguments: {} });
    expect(created.status).toBe('input_required');
    await request('tasks/cancel', { taskId });
    await expect.poll(() => request('tasks/get', { taskId })).toMatchObject({ status: 'cancelled' });
    await connection.close();
  });

  it('with --tasks always, long work is handed back at once', async () => {
    const connection = await connect(PROGRAM, ['--tasks', 'always']);
    const { request } = modernRequests(connection);
    const created = await request('tools/call', { name: 'until_stopped', arguments: {} });
    expect(created).toMatchObject({ resultType: 'task', status: 'working' });
    await connection.close();
  });

  it('with --tasks never, there are none', async () => {
    const connection = await connect(PROGRAM, ['--tasks', 'never'], { answer });
    const { request } = modernRequests(connection, { elicitation: { form: {} } });
    expect(await request('tools/call', { name: 'ask', arguments: {} })).toMatchObject({
      resultType: 'input_required',
    });
    await expect(request('tasks/get', { taskId: 'x' })).rejects.toMatchObject({ code: -32601 });
    await connection.close();
  });
});
