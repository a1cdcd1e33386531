import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import { AppError } from '../../base/errors.ts';
import { runWrite, sampleRun } from '../contract/sample-assignments.ts';
import { sampleMessage, sampleTask, taskWrite } from '../contract/sample-records.ts';
import type { Change, Estate, HostEvents, Store } from '../ports.ts';
import { joinHosts } from './host-lease.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { postgresPlace, SKIP_REASON, TEST_DATABASE_URL } from './postgres-place.fixture.ts';

const ids = ['host_a', 'host_b', 'host_c'] as const;
const quiet: HostEvents = { gone: async () => {}, lapsed: async () => {}, asked: async () => {} };

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'hosts' : `hosts ${SKIP_REASON}`, () => {
  let place: Awaited<ReturnType<typeof postgresPlace>>;
  let client: pg.Client;
  const open: Store[] = [];

  beforeEach(async () => {
    place = await postgresPlace();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
    await client?.end();
    await place.remove();
  });

  async function host(id: string, events: HostEvents = quiet): Promise<Store> {
    const store = await openPostgresStore({ url: place.url, host: { id, place: `machine /${id}` } });
    open.push(store);
    store.hosts!.open(events);
    return store;
  }

  async function ask(statement: string): Promise<pg.QueryResult> {
    if (!client || client !== current) {
      current = client = new pg.Client(place.url);
      await client.connect();
    }
    return client.query(statement);
  }
  let current: pg.Client | undefined;
  afterEach(() => {
    current = undefined;
  });

  it('hears what others commit, in order of seq with its own, and misses the end of nothing', async () => {
    const stores = await Promise.all(ids.map((id) => host(id)));
    const heard = stores.map(() => [] as Change[]);
    for (const [at, store] of stores.entries()) store.changes.follow((some) => heard[at]!.push(...some));
    const rounds = 60;
    const last = new Map<string, number>();
    await Promise.all(
      stores.map(async (store, at) => {
        const task = sampleTask({ title: `of ${ids[at]}` });
        for (let n = 0; n < rounds; n++) {
          const [change] = await store.writer.commit([taskWrite({ ...task, title: `${n}` })], 'quick');
          last.set(task.id, change!.seq);
        }
      }),
    );
    for (const changes of heard) {
      const newest = () =>
        new Map(changes.map((change) => [change.type === 'task' && change.task.id, change.seq]));
      await eventually(() => [...last].every(([id, seq]) => newest().get(id) === seq));
      const seqs = changes.map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      expect(new Set(seqs).size).toBe(seqs.length);
    }
  });

  it('works on what is its own, and is not told of the servers of others', async () => {
    const [a, b] = await Promise.all([host('host_a'), host('host_b')]);
    const task = sampleTask();
    const call = { ...sampleMessage(), parts: [openCall] };
    const server = {
      name: 'files',
      enabled: true,
      transport: 'stdio',
      target: 'x',
      state: 'ready',
      tools: [],
    } as const;
    await a.writer.commit(
      [taskWrite(task), { type: 'message', message: call }, { type: 'server', server }],
      'durable',
    );
    await a.spawns.add({ id: 'spawn_1', server: 'files', pid: 1, startedAt: '1' });
    expect([(await a.tasks.active()).length, (await b.tasks.active()).length]).toEqual([1, 0]);
    expect([(await a.messages.openCalls()).length, (await b.messages.openCalls()).length]).toEqual([1, 0]);
    expect([(await a.spawns.all()).length, (await b.spawns.all()).length]).toEqual([1, 0]);
    expect([(await a.servers.list()).length, (await b.servers.list()).length]).toEqual([1, 0]);
    expect((await b.changes.since(0, 10)).map(({ type }) => type)).toEqual(['task', 'message']);
    expect(await b.tasks.get(task.id)).toMatchObject({ id: task.id });
    expect(await b.tasks.hostOf(task.id)).toBe('host_a');
  });

  it('one that shows no beat is taken over from, once, and writes nothing before it has joined again', async () => {
    const estates: Estate[] = [];
    const lapses: string[] = [];
    const a = await host('host_a', { ...quiet, lapsed: async () => void lapses.push('host_a') });
    const gone = async (estate: Estate) => {
      estates.push(estate);
      const endedAt = '2026-01-01T00:00:00.000Z';
      for (const left of estate.tasks)
        await openAny().writer.commit([taskWrite({ ...left, status: 'lost', endedAt })], 'durable');
    };
    /** Any host that may write. */
    const openAny = () => open.at(-1)!;
    const task = sampleTask();
    const runTask = sampleTask({ source: { type: 'assignment', assignmentId: 'asg_1' } });
    const run = sampleRun({ state: 'running', taskId: runTask.id });
    await a.writer.commit([taskWrite(task), taskWrite(runTask), runWrite(run)], 'durable');
    // As if nothing had been heard of it for long; its next beat is 1.5 s away, and the others look at once.
    await ask(`update host_beats set beat_ms = 0`);
    const [b, c] = await Promise.all([
      host('host_b', { ...quiet, gone }),
      host('host_c', { ...quiet, gone }),
    ]);
    await ask(`update host_beats set beat_ms = 0 where id = 'host_a'`);
    await ask(`update hosts set epoch = epoch + 1 where id = 'host_a'`);
    await expect(a.writer.commit([taskWrite(task)], 'durable')).rejects.toMatchObject({
      code: 'host_lapsed',
    });
    await expect(a.inbox.accept('asg_1', { id: 'e', type: 't', at: '', data: {} })).rejects.toMatchObject({
      code: 'host_lapsed',
    });
    await eventually(() => estates.length > 0 && lapses.length === 1, 10_000);
    expect(estates).toHaveLength(1);
    expect(estates[0]).toMatchObject({
      tasks: [{ id: task.id }],
      runs: [{ id: run.id }],
      runTasks: [{ id: runTask.id }],
    });
    const heir = (await b.tasks.active()).length > 0 ? b : c;
    expect((await heir.tasks.active()).map(({ id }) => id)).toEqual([runTask.id]);
    // What it goes on with is its own; what was taken over is not.
    await eventually(() => a.writer.commit([taskWrite(task)], 'durable').catch(() => false));
    await expect(
      a.writer.commit([runWrite({ ...run, state: 'completed' })], 'durable'),
    ).rejects.toMatchObject({
      code: 'run_taken',
    });
    await heir.writer.commit([runWrite({ ...run, state: 'completed' })], 'durable');
  });

  it('does for others what they ask, tells them why not, and too long a request is refused', async () => {
    const asked: unknown[] = [];
    const [a] = await Promise.all([
      host('host_a'),
      host('host_b', {
        ...quiet,
        async asked(request) {
          asked.push(request);
          if (request.what === 'no') throw new AppError('already_ended', 'It has ended.');
        },
      }),
    ]);
    await a.hosts!.ask('host_b', { what: 'yes', body: { n: 1 } });
    await expect(a.hosts!.ask('host_b', { what: 'no', body: {} })).rejects.toMatchObject({
      code: 'already_ended',
      detail: 'It has ended.',
    });
    await expect(a.hosts!.ask('host_b', { what: 'x', body: 'x'.repeat(8_000) })).rejects.toMatchObject({
      code: 'body_too_large',
    });
    expect(asked).toEqual([
      { what: 'yes', body: { n: 1 } },
      { what: 'no', body: {} },
    ]);
  });

  it('passes over what is told on its channel by others, and tells no more than its own', async () => {
    const [a] = await Promise.all([host('host_a'), host('host_b')]);
    for (const text of ['nonsense', 'null', '[]', '{"type":"ask"}', '{"type":"commit","from":"x","seq":"y"}'])
      await ask(`select pg_notify('meanwhile', '${text}')`);
    await a.hosts!.ask('host_b', { what: 'yes', body: {} });
    const task = sampleTask();
    await a.writer.commit([taskWrite(task)], 'durable');
    expect(await a.tasks.get(task.id)).toMatchObject({ id: task.id });
  });

  it('a copied data folder does not pass for the host it was copied from', async () => {
    await host('host_a');
    await ask('select 1');
    await expect(joinHosts(client, 'host_a', 'elsewhere /copy', 0)).rejects.toMatchObject({
      code: 'host_running',
    });
    expect(await joinHosts(client, 'host_a', 'machine /host_a', 0)).toBe(2);
  });

  it('what a host left that was alone belongs to the first that shares the database', async () => {
    const alone = await openPostgresStore({ url: place.url });
    const task = sampleTask();
    await alone.writer.commit([taskWrite(task)], 'durable');
    await alone.close();
    const first = await host('host_a');
    const second = await host('host_b');
    expect([(await first.tasks.active()).length, (await second.tasks.active()).length]).toEqual([1, 0]);
  });
});

const openCall = {
  type: 'call',
  callId: 'call_1',
  server: 'files',
  tool: 'list',
  arguments: {},
  state: 'open',
  startedAt: '2026-01-01T00:00:00.000Z',
} as const;
