import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect, isOutput, isProgress, isStopped } from '../../runtime/test/connect.ts';
import { acpAgent, makeWorkspace, shellAgent, type Workspace } from './workspace.ts';

const PROGRAM = join(import.meta.dirname, '../main.ts');

let place: Workspace;
let server: Connection;
beforeEach(() => {
  place = makeWorkspace();
});
afterEach(async () => {
  await server.close();
  place.remove();
});

const start = async (agent: string, more: Partial<Parameters<typeof connect>[2]> = {}) => {
  const args = ['--workspace', place.folder, '--agent', agent, '--grace-ms', '400'];
  server = await connect(PROGRAM, args, { env: { XDG_STATE_HOME: place.state }, ...more });
};

describe.each(['auto', 'sdk v1'] as const)('for a client of kind %s', (kind) => {
  it('a run tells its steps and ends with what changed', async () => {
    await start(acpAgent('test'), { kind });
    const { text, data, isError } = await server.call('run_agent', { task: 'plan' });
    expect([isError, data.changed, data.commitCount]).toEqual([false, true, 1]);
    expect(text).toMatch(/^test finished after .* 1 commit, 3 files changed/);
    const told = server.frames.filter(isProgress).map(({ params }) => params);
    // The last step is told with its total; what is said after it has none.
    expect(told.some(({ progress, total }) => Math.abs(progress / total - 1) < 1e-6)).toBe(true);
    expect(told.every(({ message }) => typeof message === 'string')).toBe(true);
    expect(server.started()).toEqual([]);
  });
});

it('a cancelled call is confirmed with what stays, and nothing of the agent is left', async () => {
  await start(acpAgent('test'));
  const abort = new AbortController();
  const call = server.call('run_agent', { task: 'stubborn' }, { signal: abort.signal });
  await server.frame(isOutput('Deaf.'));
  expect(server.started().length).toBeGreaterThan(1);
  abort.abort();
  await expect(call).rejects.toThrow();
  const { params } = await server.frame(isStopped);
  expect(params.data).toMatchObject({
    stopped: true,
    remains: expect.stringContaining('1 file changed (+1 −0)'),
  });
  expect(server.started()).toEqual([]);
});

it('cancel_task ends a run of another call, which then has its result', async () => {
  await start(shellAgent('test', 'echo Up.; sleep 300'));
  const run = server.call('run_agent', { task: 'x' });
  await server.frame(isOutput('Up.'));
  const cancelled = await server.call('cancel_task', {}, { token: 'token-2' });
  expect(cancelled.data).toMatchObject({
    outcome: 'ended',
    summary: expect.stringContaining('test was cancelled'),
  });
  expect(await run).toMatchObject({ isError: true, data: { outcome: 'cancelled' } });
});

it('a request for permission reaches the person behind the client', async () => {
  const asked: string[] = [];
  await start(acpAgent('test'), {
    kind: 'legacy',
    answer: ({ message }) => {
      asked.push(message);
      return { action: 'accept', content: { decision: 'once' } };
    },
  });
  const { data } = await server.call('run_agent', { task: 'permission' });
  expect(asked).toEqual([expect.stringContaining('test asks for permission: Write secret.txt (edit)')]);
  expect(data).toMatchObject({ changed: true, permissions: [{ decision: 'allowed', by: 'person' }] });
});

it('the end of the client ends the agent', async () => {
  await start(shellAgent('test', 'echo Up.; sleep 300'));
  server.call('run_agent', { task: 'x' }).catch(() => {});
  await server.frame(isOutput('Up.'));
  await server.client.close();
  while (server.all().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});
