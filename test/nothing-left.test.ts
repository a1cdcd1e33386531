import { expect, test } from 'vitest';
import type { ServerView } from '../src/store/records.ts';
import type { CallAnswer } from '../src/views/api/contract/types.ts';
import { readEvents } from './support/event-reader.ts';
import { eventually } from './support/eventually.ts';
import { httpFixture } from './support/http-fixture.ts';
import { processesWith } from './support/processes.ts';
import { ROOT, tempFolder, testHost, workServer } from './support/test-host.ts';

/** What keeps a process alive: sockets, pipes, child processes. Files and timers that do not are left out. */
const handles = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => !/^(Timeout|Immediate|FSReqPromise|FSReqCallback|CloseReq)$/.test(kind))
    .sort();

test('when the host is closed, no process, socket, pipe or server of it is left', async () => {
  const mark = tempFolder(); // on the command line of the server, so that no other run is looked at
  const remote = await httpFixture('work-server.ts');
  const before = handles();
  const work = workServer();
  const host = await testHost({
    lab: { ...work, args: [...(work.args ?? []), mark] },
    remote: { url: remote.url },
  });
  const reader = readEvents(host, { query: '?after=0' }, () => {});
  for (const server of ['lab', 'remote']) {
    const { status, body } = await host.api.post<CallAnswer>(`/api/servers/${server}/tools/hold`, {
      arguments: {},
    });
    expect(status, JSON.stringify(body)).toBe(200);
  }
  expect(processesWith(mark).length).toBe(1);
  expect(handles().length).toBeGreaterThan(before.length);
  await host.close();
  await reader.over;
  expect(processesWith(mark)).toEqual([]);
  await eventually(() => handles().length <= before.length).catch(() => expect(handles()).toEqual(before));
});

test('a server behind npx goes with its wrapper: turned off, changed, removed, or with the host', async () => {
  const mark = tempFolder();
  const entry = (more: string) => ({
    command: 'npx',
    args: ['--no-install', 'mcp-server-everything', 'stdio', mark, more],
    cwd: ROOT,
  });
  const { api, close } = await testHost({ lab: entry('first') });
  const ready = async () => {
    await eventually(
      async () => (await api.get<ServerView>('/api/servers/lab')).body.state === 'ready',
      20_000,
    );
    expect(processesWith(mark).length).toBeGreaterThan(1); // the wrapper and the server
    return processesWith(mark);
  };
  const first = await ready();
  expect((await api.patch('/api/servers/lab', { enabled: false })).status).toBe(200);
  expect(processesWith(mark)).toEqual([]);

  await api.patch('/api/servers/lab', { enabled: true });
  const second = await ready();
  expect(second.filter((pid) => first.includes(pid))).toEqual([]);
  await api.patch('/api/servers/lab', entry('changed'));
  const third = await ready();
  expect(third.filter((pid) => second.includes(pid))).toEqual([]);

  expect((await api.delete('/api/servers/lab')).status).toBe(204);
  expect(processesWith(mark)).toEqual([]);
  await api.post('/api/servers', { name: 'lab', ...entry('last') });
  await ready();
  await close();
  expect(processesWith(mark)).toEqual([]);
}, 60_000);
