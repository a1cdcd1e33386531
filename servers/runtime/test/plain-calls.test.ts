import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect, isOutput, isProgress, isStopped, KINDS } from './connect.ts';

const PROGRAM = new URL('./sample-server.ts', import.meta.url).pathname;
let connection: Connection | undefined;

afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

const answer = ({ message }: { message: string }) => ({
  action: 'accept',
  content: { name: message.includes('first') ? 'Ada' : 'Grace' },
});

describe.each(KINDS)('over stdio with the client %s', (kind) => {
  it('answers, refuses, fails and breaks in words', async () => {
    connection = await connect(PROGRAM, [], { kind });
    const { call } = connection;
    expect(await call('quick', { text: 'hello' })).toEqual({
      isError: false,
      text: 'hello',
      data: { said: 'hello' },
    });
    expect(await call('quick', { text: 'fail' })).toMatchObject({ isError: true, data: { said: 'failed' } });
    expect(await call('quick', { text: 'refuse' })).toMatchObject({
      isError: true,
      text: 'text: must not be “refuse”',
    });
    expect(await call('quick', { text: 'fault' })).toMatchObject({ isError: true, text: 'something broke' });
    expect((await call('quick', { text: 1 })).text).toBe('text: expected a text');
    expect((await call('quick', { text: 'a', more: 1 })).text).toBe(
      'more: there is no argument of this name',
    );
    await expect(call('nothing')).rejects.toThrow('There is no tool nothing.');
  });

  it('tells progress with its unit and output meanwhile, stops when it is cancelled, and says what remains', async () => {
    connection = await connect(PROGRAM, [], { kind });
    const abort = new AbortController();
    const call = connection.call('until_stopped', {}, { token: 'token-9', signal: abort.signal });
    call.catch(() => {});
    expect((await connection.frame(isProgress)).params).toMatchObject({
      progressToken: 'token-9',
      progress: 1,
      total: 4,
      message: 'Working',
      _meta: { 'meanwhile/progress': { value: 1, total: 4, unit: 'steps', phase: 'work' } },
    });
    await connection.frame(isOutput('line two'));
    abort.abort('enough');
    await expect(call).rejects.toThrow();
    expect((await connection.frame(isStopped)).params).toMatchObject({
      level: 'notice',
      _meta: { progressToken: 'token-9' },
      data: { stopped: true, remains: 'Step 1 of 4 is done.' },
    });
  });

  it('asks a client that can be asked, several things at once', async () => {
    connection = await connect(PROGRAM, [], { kind, answer });
    expect(await connection.call('ask')).toMatchObject({ isError: false, text: 'Ada and Grace' });
  });

  it('does not ask a client that cannot be asked', async () => {
    connection = await connect(PROGRAM, [], { kind });
    expect(await connection.call('ask')).toMatchObject({ isError: true, text: 'Nobody can be asked.' });
  });

  it('describes its tools in full', async () => {
    connection = await connect(PROGRAM, [], { kind });
    const { tools } = await connection.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['quick', 'until_stopped', 'ask', 'touch']);
    expect(tools[0]).toMatchObject({
      title: 'Answers at once',
      inputSchema: { type: 'object', required: ['text'], additionalProperties: false },
      outputSchema: { type: 'object', required: ['said'] },
      annotations: { title: 'Answers at once', readOnlyHint: true, destructiveHint: false },
    });
  });
});
