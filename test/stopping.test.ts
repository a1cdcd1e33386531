import { expect, test } from 'vitest';
import type { Task } from '../src/task/task.ts';
import type { HostState, Problem, StopPlan } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { tempFolder, testHost, workServer } from './support/test-host.ts';
import { threeFates } from './support/three-fates.ts';

/* Stopping over the API, on a real host with a server of each fate. */

async function hostWithThreeFates() {
  const folder = tempFolder();
  const { begin, open } = await threeFates(folder);
  const host = await testHost({}, { folder });
  return { host, api: host.api, tasks: await begin(host.api), open };
}

/** How the host stands, as the feed tells it. */
function followStates({ url, token }: { url: string; token: string }) {
  const states: HostState[] = [];
  const read = async () => {
    const response = await fetch(`${url}/api/events`, { headers: { authorization: `Bearer ${token}` } });
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      const told = [...text.matchAll(/^event: host\ndata: (.*)\n\n/gm)];
      states.splice(0, states.length, ...told.map(([, data]) => JSON.parse(data ?? '')));
    }
  };
  return { states, over: read() };
}

const echo = { arguments: { text: 'x' } };

test('the plan tells the fates; waiting refuses new work, can be taken back, and stops by itself', async () => {
  const { host, api, tasks, open } = await hostWithThreeFates();
  const { body: plan } = await api.get<StopPlan>('/api/host/stop');
  expect(Object.fromEntries(plan.tasks.map(({ fate, id }) => [fate, id]))).toEqual(tasks);
  expect(plan).toMatchObject({ calls: 0, host: { state: 'running', waitsFor: 0, restart: null } });

  const { states, over } = followStates(host);
  await eventually(() => states.length === 1);
  const asked = await api.post<StopPlan>('/api/host/stop', { wait: true });
  expect(asked).toMatchObject({ status: 202, body: { host: { state: 'waiting', waitsFor: 2 } } });
  const refused = await api.post<Problem>('/api/servers/near/tools/echo', echo);
  expect(refused.status).toBe(503);
  expect(refused.body).toMatchObject({
    code: 'shutting_down',
    detail: expect.stringContaining('nothing new'),
  });
  const again = await api.post<Problem>(`/api/tasks/${tasks.interrupted}/run-again`);
  expect(again.body.code).toBe('shutting_down');
  const chat = (await api.post<{ id: string }>('/api/sessions', {})).body.id;
  const said = await api.post<Problem>(`/api/sessions/${chat}/messages`, { text: '/near.echo text=x' });
  expect(said.body.code).toBe('shutting_down');

  expect(await api.delete('/api/host/stop')).toMatchObject({ status: 200, body: { state: 'running' } });
  expect((await api.post('/api/servers/near/tools/echo', echo)).status).toBe(200);

  await api.post<StopPlan>('/api/host/stop', { wait: true });
  await eventually(() => states.at(-1)?.waitsFor === 2);
  open();
  await host.closed;
  await over;
  const told = states.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);
  expect(told).toEqual(['running', 'waiting', 'running', 'waiting', 'stopping']);
});

test('what goes on elsewhere is not waited for', async () => {
  const { host, api, tasks } = await hostWithThreeFates();
  for (const id of [tasks.interrupted, tasks.lost]) await api.post(`/api/tasks/${id}/stop-waiting`);
  await eventually(async () => (await api.get<Task>(`/api/tasks/${tasks.lost}`)).body.endedAt !== undefined);
  const { body } = await api.post<StopPlan>('/api/host/stop', { wait: true });
  expect(body.host).toMatchObject({ state: 'waiting', waitsFor: 0 });
  await host.closed;
});

test('a call that is not a task yet is waited for, too', async () => {
  const host = await testHost({ near: workServer({ taskAfterMs: 60_000 }) });
  const call = host.api.post('/api/servers/near/tools/silent', {
    arguments: { ms: 1_000 },
  });
  await eventually(async () => (await host.api.get<StopPlan>('/api/host/stop')).body.calls === 1);
  const { body } = await host.api.post<StopPlan>('/api/host/stop', { wait: true });
  expect(body).toMatchObject({ tasks: [], host: { waitsFor: 1 } });
  expect(JSON.stringify((await call).body)).toContain('done in silence');
  await host.closed;
});

test('at once: the answer comes first, then the host is gone', async () => {
  const { host, api } = await hostWithThreeFates();
  const { status, body } = await api.post<StopPlan>('/api/host/stop', { wait: false });
  expect(status).toBe(202);
  expect(body.tasks.map(({ fate }) => fate).toSorted()).toEqual(['interrupted', 'lost', 'reattached']);
  await host.closed;
  await expect(api.get('/healthz')).rejects.toThrow();
});

test('a body that does not say how is refused, and changes nothing', async () => {
  const { api } = await testHost();
  for (const body of [{}, { wait: 'yes' }, { wait: true, more: 1 }])
    expect(await api.post('/api/host/stop', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  expect((await api.get<StopPlan>('/api/host/stop')).body.host.state).toBe('running');
});
