import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  postgresPlace,
  SKIP_REASON,
  TEST_DATABASE_URL,
} from '../../src/store/postgres/postgres-place.fixture.ts';
import type { CallAnswer } from '../../src/views/api/contract/types.ts';
import { type Asking, asking } from '../assignments/rig.ts';
import { readEvents, type SeenEvent } from '../support/event-reader.ts';
import { eventually } from '../support/eventually.ts';
import { atEndOfFile, tempFolder, testHost, workServer } from '../support/test-host.ts';

/* Two hosts on one PostgreSQL: what one works on is seen, and dealt with, at the other. */

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'two hosts' : `two hosts ${SKIP_REASON}`, () => {
  const atEnd = atEndOfFile();
  let hosts: Awaited<ReturnType<typeof testHost>>[];
  let asks: Asking[];

  beforeAll(async () => {
    const place = await postgresPlace();
    atEnd(() => place.remove());
    const env = { DATABASE_URL: place.url };
    hosts = [
      await testHost({ lab: workServer({ taskAfterMs: 50 }) }, { atEnd, env }),
      await testHost({ lab: workServer({ taskAfterMs: 50 }), other: workServer() }, { atEnd, env }),
    ];
    asks = hosts.map(({ api }) => asking(api));
    await Promise.all(asks.map((ask) => ask.ready()));
  }, 30_000);

  const seen: SeenEvent[] = [];
  let reader: ReturnType<typeof readEvents> | undefined;
  afterAll(() => reader?.cut());

  const call = async (tool: string, args: object) =>
    (await hosts[0]!.api.post<CallAnswer>(`/api/servers/lab/tools/${tool}`, { arguments: args })).body;

  test('the page of one shows the work of the other from its beginning to its end, and servers of its own only', async () => {
    reader = readEvents(hosts[1]!, { query: '?after=0' }, (event) => seen.push(event));
    const { taskId = '' } = await call('steps', { steps: 6, ms: 50 });
    await eventually(async () => (await asks[1]!.task(taskId)).status === 'completed');
    const states = () =>
      seen.flatMap(({ type, data }) => (type === 'task' && data.id === taskId ? [data.status] : []));
    await eventually(() => states().at(-1) === 'completed');
    expect(states()[0]).toBe('working');
    const { sessionId = '' } = await asks[1]!.task(taskId);
    await eventually(async () => (await asks[1]!.told(sessionId)).includes(taskId));
    const servers = new Set(seen.flatMap(({ type, data }) => (type === 'server' ? [data.name] : [])));
    expect([...servers].sort()).toEqual(['lab', 'other']);
    const seqs = seen.map(({ id }) => id);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  test('the Cancel of one stops the work of the other', async () => {
    const { taskId = '' } = await call('hold', {});
    const cancelled = await hosts[1]!.api.post(`/api/tasks/${taskId}/cancel`, {});
    expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(202);
    // The tool does not say that it has stopped, so that is waited for.
    await eventually(async () => (await asks[0]!.task(taskId)).status === 'cancelled', 20_000);
    const again = await hosts[1]!.api.post<{ code: string }>(`/api/tasks/${taskId}/cancel`, {});
    expect([again.status, again.body.code]).toEqual([409, 'already_ended']);
  }, 30_000);

  test('Stop waiting at one ends the waiting of the other', async () => {
    const place = join(tempFolder(), 'here');
    const { taskId = '' } = await call('wait_for', { path: place });
    const stopped = await hosts[1]!.api.post(`/api/tasks/${taskId}/stop-waiting`, {});
    expect(stopped.status, JSON.stringify(stopped.body)).toBe(202);
    await eventually(async () => (await asks[1]!.task(taskId)).status === 'lost');
    writeFileSync(place, '');
    await eventually(async () => (await asks[1]!.task(taskId)).status === 'completed');
  });

  test('a run is left to the host that has the server it needs', async () => {
    const { assignment } = await asks[0]!.make({
      trigger: { type: 'timer', text: 'in 1 second' },
      work: { type: 'calls', calls: [{ server: 'other', tool: 'echo', arguments: { text: 'hello' } }] },
    });
    const [run] = await asks[0]!.ended(assignment.id);
    expect(run, run?.note).toMatchObject({ state: 'completed', steps: [{ preview: 'hello' }] });
  });

  test('a run whose server no host has ends, and says so', async () => {
    const { assignment } = await asks[0]!.make({
      trigger: { type: 'timer', text: 'in 1 second' },
      work: { type: 'calls', calls: [{ server: 'nobody', tool: 'echo', arguments: { text: 'hello' } }] },
    });
    const [run] = await asks[0]!.ended(assignment.id);
    expect(run).toMatchObject({ state: 'failed', note: expect.stringContaining('nobody') });
  }, 30_000);
});
