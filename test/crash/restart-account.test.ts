import { expect, test } from 'vitest';
import type { MessagePage, Restart, SessionPage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder, workServer, writeConfig } from '../support/test-host.ts';
import { threeFates } from '../support/three-fates.ts';
import { type HostProcess, hostProcess, kill } from './start-host-process.ts';

const accountOf = async ({ api }: HostProcess) => (await api.get<Restart | null>('/api/host/restart')).body;
const fates = (account: Restart | null) =>
  Object.fromEntries((account?.tasks ?? []).map(({ fate, task }) => [fate, task.id]));

/** Whether a call stands in a message, and is open. */
async function isRecorded({ api }: HostProcess): Promise<boolean> {
  const [session] = (await api.get<SessionPage>('/api/sessions')).body.sessions;
  if (session === undefined) return false;
  const { body } = await api.get<MessagePage>(`/api/sessions/${session.id}/messages`);
  return body.messages.some(({ parts }) =>
    parts.some((part) => part.type === 'call' && part.state === 'open'),
  );
}

async function stop({ child, exited }: HostProcess) {
  child.kill('SIGTERM');
  await exited;
}

test.each([
  ['killed', kill],
  ['stopped', stop],
] as const)(
  '%s with a task of each fate: one account of exactly these three, live, until seen',
  async (how, end) => {
    const folder = tempFolder();
    const { begin, open } = await threeFates(folder);
    const first = await hostProcess(folder);
    expect(await accountOf(first)).toBe(null);
    const tasks = await begin(first.api);
    const before = Date.now();
    await end(first);

    const second = await hostProcess(folder);
    const account = await accountOf(second);
    expect(account).toMatchObject({ how, restarts: 1, more: 0, calls: 0 });
    expect(fates(account)).toEqual(tasks);
    expect(account?.tasks).toHaveLength(3);
    expect(Date.parse(account?.stoppedAt ?? '')).toBeGreaterThan(before - 60_000);
    expect(Date.parse(account?.stoppedAt ?? '')).toBeLessThanOrEqual(Date.parse(account?.startedAt ?? ''));
    const byFate = (restart: Restart | null, fate: string) =>
      restart?.tasks.find((each) => each.fate === fate)?.task;
    expect(byFate(account, 'interrupted')).toMatchObject({
      status: 'failed',
      failure: { reason: 'interrupted' },
    });
    expect(byFate(account, 'lost')).toMatchObject({ status: 'lost' });
    open();
    await eventually(async () => byFate(await accountOf(second), 'reattached')?.status === 'completed');

    // It is kept over a restart without work, and never comes back once it was put away.
    await stop(second);
    const third = await hostProcess(folder);
    expect(await accountOf(third)).toMatchObject({ id: account?.id, restarts: 1 });
    expect((await third.api.post('/api/host/restart/seen')).status).toBe(204);
    expect(await accountOf(third)).toBe(null);
    await kill(third);
    const fourth = await hostProcess(folder);
    expect(await accountOf(fourth)).toBe(null);
  },
  60_000,
);

test('killed again before anyone looked: still one account, of all of them', async () => {
  const folder = tempFolder();
  const { begin } = await threeFates(folder);
  const first = await hostProcess(folder);
  const tasks = await begin(first.api);
  await kill(first);
  const second = await hostProcess(folder);
  const more = await begin(second.api);
  await stop(second);
  const third = await hostProcess(folder);
  const account = await accountOf(third);
  expect(account).toMatchObject({ how: 'stopped', restarts: 2 });
  expect(account?.tasks.map(({ task }) => task.id).toSorted()).toEqual(
    [...Object.values(tasks), ...Object.values(more)].toSorted(),
  );
}, 60_000);

test.each([
  ['killed', kill],
  ['stopped', stop],
] as const)(
  '%s in the middle of a call that was no task yet: it is counted',
  async (_how, end) => {
    const folder = tempFolder();
    writeConfig(folder, { near: workServer({ taskAfterMs: 60_000 }) });
    const first = await hostProcess(folder);
    const call = first.api.post('/api/servers/near/tools/silent', { arguments: { ms: 60_000 } });
    call.catch(() => {});
    await eventually(() => isRecorded(first));
    await end(first);
    const second = await hostProcess(folder);
    expect(await accountOf(second)).toMatchObject({ tasks: [], calls: 1 });
  },
  60_000,
);
