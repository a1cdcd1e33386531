import { expect, onTestFinished, test } from 'vitest';
import {
  assignmentWrite,
  runWrite,
  sampleAssignment,
  sampleRun,
} from '../src/store/contract/sample-assignments.ts';
import type { Message, Session } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer } from '../src/views/api/contract/types.ts';
import { readEvents, type SeenEvent } from './support/event-reader.ts';
import { eventually } from './support/eventually.ts';
import { testHost, workServer } from './support/test-host.ts';

type Host = Awaited<ReturnType<typeof testHost>>;

/** Reads until the test is over. */
function follow(host: Host, from: { query?: string; lastEventId?: number }): SeenEvent[] {
  const events: SeenEvent[] = [];
  const reader = readEvents(host, from, (event) => events.push(event));
  onTestFinished(async () => {
    reader.cut();
    await reader.over;
  });
  return events;
}

const steps = (host: Host, args: { steps: number; ms: number }, sessionId?: string) =>
  host.api.post<CallAnswer>('/api/servers/lab/tools/steps', { arguments: args, sessionId });

const increasing = (events: readonly SeenEvent[]) =>
  events.every(({ id }, at) => at === 0 || id > (events[at - 1]?.id ?? 0));

test('1,000 cuts at any moment during 100 updates a second: nothing is missed, nothing comes twice', async () => {
  const host = await testHost({ lab: workServer() });
  const CUTS = 1_000;
  const RUNNING = 4;
  let cuts = 0;
  const work = Promise.all(
    Array.from({ length: RUNNING }, async () => {
      while (cuts < CUTS) {
        const { body } = await steps(host, { steps: 15, ms: 40 });
        await eventually(async () => (await host.store.tasks.get(body.taskId ?? ''))?.endedAt !== undefined);
      }
    }),
  );

  const seen: SeenEvent[] = [];
  const tasks = new Map<string, Task>();
  const messages = new Map<string, Message>();
  const ends = new Map<string, number>();
  let lastEventId = 0;
  let updates = 0;
  const take = (event: SeenEvent) => {
    seen.push(event);
    lastEventId = event.id;
    if (event.type === 'message') messages.set(event.data.id, event.data);
    if (event.type !== 'task') return;
    const task: Task = event.data;
    updates += 1;
    if (task.endedAt !== undefined && tasks.get(task.id)?.endedAt === undefined)
      ends.set(task.id, (ends.get(task.id) ?? 0) + 1);
    tasks.set(task.id, task);
  };

  const began = performance.now();
  for (; cuts < CUTS; cuts++) {
    const reader = readEvents(host, { lastEventId }, take);
    const timer = setTimeout(reader.cut, Math.random() * 24);
    await reader.over;
    clearTimeout(timer);
  }
  const seconds = (performance.now() - began) / 1_000;
  await work;
  await eventually(async () => (await host.store.tasks.counts()).working === 0);
  const last = readEvents(host, { lastEventId }, take);
  await eventually(async () => {
    const open = [...tasks.values()].some(({ delivery }) => delivery.state === 'pending');
    return !open && lastEventId === (await host.store.changes.head());
  });
  last.cut();
  await last.over;

  console.info(`${CUTS} cuts in ${seconds.toFixed(1)} s, ${updates} updates of ${tasks.size} tasks seen`);
  expect(updates).toBeGreaterThan(CUTS / 2); // the readers were busy
  expect(tasks.size).toBeGreaterThan(RUNNING);
  expect(seen.map(({ type }) => type)).not.toContain('resync');
  expect(increasing(seen)).toBe(true);
  expect([...ends.values()].filter((times) => times !== 1)).toEqual([]);
  expect(ends.size).toBe(tasks.size);
  for (const task of tasks.values()) expect(task).toEqual(await host.store.tasks.get(task.id));
  const counts = await host.store.tasks.counts();
  expect(counts.completed).toBe(tasks.size);
  for (const message of messages.values()) expect(message).toEqual(await host.store.messages.get(message.id));
  const delivered = [...messages.values()].flatMap(({ taskId }) => taskId ?? []);
  expect(delivered.sort()).toEqual([...tasks.keys()].sort());
}, 60_000);

test('a connection goes on after the seq it names; Last-Event-ID goes before ?after', async () => {
  const host = await testHost({ lab: workServer() });
  const first = await steps(host, { steps: 3, ms: 1 });
  const ended = await eventually(async () => {
    const task = await host.store.tasks.get(first.body.taskId ?? '');
    return task?.delivery.state === 'delivered' && task;
  });
  const all = follow(host, { query: '?after=0' });
  const none = follow(host, { query: '?after=0', lastEventId: await host.store.changes.head() });
  await eventually(() => all.some(({ data }) => data.id === ended.id));
  const second = await steps(host, { steps: 20, ms: 5 });
  for (const events of [all, none])
    await eventually(() =>
      events.some(({ data }) => data.id === second.body.taskId && data.endedAt !== undefined),
    );
  expect(increasing(all) && increasing(none)).toBe(true);
  expect(none.every(({ id }) => id > ended.seq)).toBe(true);
  expect(none.some(({ data }) => data.id === ended.id)).toBe(false);
});

test('?session= tells of one session and of the servers', async () => {
  const host = await testHost({ lab: workServer() });
  const [mine, other] = await Promise.all(
    ['mine', 'other'].map(async (title) => (await host.api.post<Session>('/api/sessions', { title })).body),
  );
  const events = follow(host, { query: `?after=0&session=${mine!.id}` });
  await steps(host, { steps: 3, ms: 1 }, other!.id);
  await steps(host, { steps: 3, ms: 1 }, mine!.id);
  await eventually(() => events.some(({ type, data }) => type === 'message' && data.taskId !== undefined));
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['session', 'server', 'task', 'message']));
  for (const { type, data } of events)
    if (type !== 'server') expect(type === 'session' ? data.id : data.sessionId).toBe(mine!.id);
});

test('assignments and runs are told; to those who read one session, its assignments and no runs', async () => {
  const host = await testHost();
  const all = follow(host, { query: '?after=0' });
  const one = follow(host, { query: '?after=0&session=sess_mine' });
  const writes = [
    // None that the host would go on with.
    runWrite(sampleRun({ state: 'completed' })),
    assignmentWrite(sampleAssignment({ sessionId: 'sess_other', state: 'paused' })),
    assignmentWrite(sampleAssignment({ sessionId: 'sess_mine', state: 'paused' }), 'the hash of a token'),
  ];
  const changes = await host.store.writer.commit(writes, 'durable');
  const told = changes.map((change) => ({
    id: change.seq,
    type: change.type,
    data: change.type === 'run' ? change.run : change.type === 'assignment' && change.assignment,
  }));
  for (const events of [all, one]) await eventually(() => events.some(({ id }) => id === changes[2]!.seq));
  expect(all.filter(({ type }) => type === 'assignment' || type === 'run')).toEqual(told);
  expect(one).toEqual(told.slice(2));
});

test('a seq above the head: fetch everything anew, then go on', async () => {
  const host = await testHost({ lab: workServer() });
  await steps(host, { steps: 1, ms: 1 });
  await eventually(async () => (await host.store.tasks.counts()).working === 0);
  const events = follow(host, { query: '?after=9000000000000000' });
  await eventually(() => events.length > 0);
  expect(events[0]).toMatchObject({ type: 'resync', data: { head: events[0]!.id } });
  const { body } = await steps(host, { steps: 3, ms: 1 });
  await eventually(() => events.some(({ data }) => data.id === body.taskId && data.endedAt !== undefined));
  expect(increasing(events)).toBe(true);
});

test('closing the host ends every connection', async () => {
  const host = await testHost();
  const readers = Array.from({ length: 20 }, () => readEvents(host, { query: '?after=0' }, () => {}));
  await host.api.post('/api/sessions', {});
  await host.close();
  await Promise.all(readers.map(({ over }) => over));
});
