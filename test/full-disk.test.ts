import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer, Problem } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { canMount, smallDisk } from './support/small-disk.ts';
import { type Api, tempFolder, testHost, workServer, writeConfig } from './support/test-host.ts';

/* No end is lost to a full disk: when space comes back, ends are saved and delivered. Needs root, to mount a disk. */

const TASKS = 5;

async function runOnSmallDisk() {
  const disk = smallDisk(8);
  writeConfig(disk.folder, { lab: workServer() });
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const host = await testHost({}, { folder: disk.folder, log });
  const { api } = host;
  const signal = join(tempFolder(), 'go-on');
  const session = (await api.post<{ id: string }>('/api/sessions', {})).body.id;
  const started = await Promise.all(
    Array.from({ length: TASKS }, () =>
      api.post<CallAnswer>('/api/servers/lab/tools/wait_for', {
        arguments: { path: signal },
        sessionId: session,
      }),
    ),
  );
  const ids = started.map(({ body }) => body.taskId ?? '');
  expect(new Set(ids).size).toBe(TASKS);
  return { disk, lines, host, api, session, ids, letGo: () => writeFileSync(signal, '') };
}

const echo = (api: Api) =>
  api.post<CallAnswer & Problem>('/api/servers/lab/tools/echo', { arguments: { text: 'x'.repeat(2_000) } });

/** The database may have room of its own left; calls use it up. */
const untilRefused = (api: Api) =>
  eventually(async () => {
    const answer = await echo(api);
    return answer.status !== 200 && answer;
  });

describe.skipIf(!canMount())('a full disk (needs root to mount one)', () => {
  test('refuses what is new, keeps what runs, and saves every end once there is space', async () => {
    const { disk, lines, host, api, session, ids, letGo } = await runOnSmallDisk();
    disk.fill();
    const refused = await untilRefused(api);
    expect(refused).toMatchObject({
      status: 507,
      body: { code: 'store_full', detail: expect.stringContaining(disk.folder) },
    });
    const cancel = await api.post<Problem>(`/api/tasks/${ids[0]}/cancel`, {});
    expect(cancel).toMatchObject({ status: 507, body: { code: 'store_full' } });

    letGo();
    const waiting = () =>
      ids.filter((id) => lines.some((line) => line.includes(`could not save the end of ${id}`)));
    await eventually(() => waiting().length === TASKS);
    expect((await api.get('/healthz')).status).toBe(200);
    for (const id of ids) {
      const { body } = await api.get<Task>(`/api/tasks/${id}`);
      expect(body).toMatchObject({ status: 'working' }); // what is not saved is not shown
      expect(body.cancel.requestedAt).toBeUndefined(); // refused, so not asked
    }

    disk.free();
    for (const id of ids)
      await eventually(async () => {
        const { body } = await api.get<Task>(`/api/tasks/${id}`);
        return body.status === 'completed' && body.delivery.state === 'delivered';
      }, 15_000);
    const { messages } = await host.store.messages.list({ sessionId: session, limit: 200 });
    expect(messages.flatMap(({ taskId }) => taskId ?? []).sort()).toEqual([...ids].sort());
    const task = await host.store.tasks.get(ids[0]!);
    expect(task?.cancel.requestedAt).toBeUndefined();
    expect((await echo(api)).status).toBe(200);
  });

  test('does not keep the host from stopping; the next start accounts for what could not be saved', async () => {
    const { disk, host, api, ids } = await runOnSmallDisk();
    disk.fill();
    await untilRefused(api);
    await host.close();
    disk.free();
    const next = await testHost({}, { folder: disk.folder });
    for (const id of ids)
      expect((await next.api.get<Task>(`/api/tasks/${id}`)).body).toMatchObject({
        status: 'failed',
        failure: { reason: 'interrupted' },
        delivery: { state: 'delivered' },
      });
  });
});
