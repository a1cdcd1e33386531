import { join } from 'node:path';
import { Cron } from 'croner';
import { PgBoss } from 'pg-boss';
import { DEFAULT_RULES } from '../../src/assignment/assignment.ts';
import type { Run } from '../../src/assignment/run.ts';
import { systemClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { createLogger } from '../../src/base/log.ts';
import { createDelivery } from '../../src/chat/delivery.ts';
import { createAssignments } from '../../src/sources/assignments/assignments.ts';
import { pgBossQueue } from '../../src/sources/assignments/runs/pg-boss-queue.ts';
import type { RunQueueParts } from '../../src/sources/assignments/runs/run-queue.ts';
import type { Store, Write } from '../../src/store/ports.ts';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { answer } from '../rig/answer.ts';

/*
 * The engine of assignments over a store on disk, with delivery into a chat, and calls that answer at once: what is
 * measured is what firing itself takes. Beside it croner, which keeps nothing.
 */

const BATCH = 500;
const clock = systemClock;
const log = createLogger(process.env.MEANWHILE_LOG ?? 'error');

export interface Order {
  readonly folder: string;
  readonly count: number;
  /** From now to the first due time, and from the first to the last. */
  readonly inMs: number;
  readonly overMs: number;
  /** A PostgreSQL, shared with the hosts that are asked to join; left out, SQLite in the folder. */
  readonly url?: string;
}

/** A host that fires and runs along with the one that is measured. */
export interface Joining {
  readonly url: string;
  readonly name: string;
}

/** Of each that fired: how much later than due, in milliseconds. */
export interface Fired {
  /** Runs, by how often the same assignment ran. */
  readonly once: number;
  readonly twice: number;
  readonly completed: number;
  /** To the run being kept, and to its beginning. */
  readonly keptLateMs: Float64Array;
  readonly begunLateMs: Float64Array;
  /** From the first due time to the last end. */
  readonly tookMs: number;
  readonly cpuMs: number;
}

interface Engine {
  readonly store: Store;
  open(): Promise<void>;
  close(): Promise<void>;
}

const openStore = (folder: string, url: string | undefined, name: string): Promise<Store> =>
  url === undefined
    ? openSqliteStore({ file: join(folder, 'meanwhile.db') })
    : openPostgresStore({ url, host: { id: `host_${name}`, place: name } });

/** Assignments over a store, with delivery into a chat, and calls that answer at once. */
function engine(store: Store, url: string | undefined, session: () => string): Engine {
  const tracker = createTracker(store, clock, log);
  const delivery = createDelivery({
    store,
    clock,
    log,
    note: async (outcome) => {
      const message = outcome.type === 'delivered' ? outcome.message : undefined;
      await tracker.note(outcome, message === undefined ? [] : [{ type: 'message', message }]);
    },
  });
  const assignments = createAssignments({
    ...(url !== undefined && { queue: (parts: RunQueueParts) => pgBossQueue(parts, url) }),
    store,
    tracker,
    clock,
    log,
    watcher: {
      watchResource: () => () => {},
      watchList: () => () => {},
      readResource: () => Promise.reject(new Error('there are no servers')),
    },
    ports: {
      call: async () => ({ state: 'completed', preview: 'done' }),
      outcomeOf: async () => undefined,
      shellFields: async () => [],
      knownShellFields: () => [],
      isSafeToRepeat: () => true,
      problemOf: () => undefined,
      newSession: async () => session(),
      notice: async () => [],
    },
  });
  return {
    store,
    async open() {
      await delivery.open();
      await assignments.open();
      store.hosts?.open({ gone: async () => {}, lapsed: async () => {}, asked: async () => {} });
    },
    async close() {
      await assignments.close();
      await delivery.close();
      await tracker.close();
      await store.close();
    },
  };
}

let joined: Engine | undefined;

answer({
  async join({ url, name }: Joining): Promise<void> {
    joined = engine(await openStore('', url, name), url, () => '');
    await joined.open();
  },
  /** Settles when the others have taken over from a host that is gone. @returns when, in epoch milliseconds */
  async takenOver({ url, name }: Joining): Promise<number> {
    const store = await openStore('', url, name);
    const gone = Promise.withResolvers<number>();
    store.hosts?.open({
      gone: async () => gone.resolve(Date.now()),
      lapsed: async () => {},
      asked: async () => {},
    });
    const at = await gone.promise;
    await store.close();
    return at;
  },
  async leave(): Promise<void> {
    await joined?.close();
  },

  async assignments({ folder, count, inMs, overMs, url }: Order): Promise<Fired> {
    let sessionId = '';
    const store = await openStore(folder, url, 'measured');
    const measured = engine(store, url, () => sessionId);
    sessionId = await fill(store, count);
    const firstMs = clock.now() + inMs;
    const dueMs = (index: number) => firstMs + Math.floor((index * overMs) / count);
    await fillAssignments(store, sessionId, count, dueMs);
    const late = Math.max(0, clock.now() - firstMs);
    if (late > 0) throw new Error(`filling took ${late} ms too long`);
    await measured.open();

    const runs = new Map<string, Run>();
    const ended = Promise.withResolvers<void>();
    const over = new Set<string>();
    store.changes.follow((changes) => {
      for (const change of changes) {
        if (change.type !== 'run') continue;
        runs.set(change.run.id, change.run);
        if (change.run.endedAt !== undefined) over.add(change.run.id);
      }
      if (over.size >= count) ended.resolve();
    });
    const before = process.cpuUsage();
    await ended.promise;
    const tookMs = clock.now() - firstMs;
    const { user, system } = process.cpuUsage(before);
    const all = [...runs.values()];
    const times = new Map<string, number>();
    for (const { assignmentId } of all) times.set(assignmentId, (times.get(assignmentId) ?? 0) + 1);
    const lateMs = (at: (run: Run) => string | undefined) =>
      Float64Array.from(all, (run) =>
        run.cause.type === 'timer' ? Date.parse(at(run) ?? '') - Date.parse(run.cause.dueAt) : Number.NaN,
      );
    const result: Fired = {
      once: times.size,
      twice: [...times.values()].filter((n) => n > 1).length,
      completed: all.filter(({ state }) => state === 'completed').length,
      keptLateMs: lateMs(({ createdAt }) => createdAt),
      begunLateMs: lateMs(({ startedAt }) => startedAt),
      tookMs,
      cpuMs: (user + system) / 1_000,
    };
    await measured.close();
    return result;
  },

  /** As many jobs of pg-boss, each sent at its time as a job to be done at once, to a worker that does nothing. */
  async pgBoss({ count, inMs, overMs, url = '' }: Order): Promise<Float64Array> {
    const boss = new PgBoss({
      connectionString: url,
      schema: 'alone',
      schedule: false,
      useListenNotify: true,
    });
    await boss.start();
    await boss.createQueue('alone', { notify: true });
    const lateMs = new Float64Array(count);
    const ended = Promise.withResolvers<void>();
    let done = 0;
    await boss.work<{ index: number; dueMs: number }>(
      'alone',
      { batchSize: 16, burstWhenBatchFull: true, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 },
      async (jobs) => {
        for (const { data } of jobs) {
          lateMs[data.index] = Date.now() - data.dueMs;
          done += 1;
        }
        if (done === count) ended.resolve();
      },
    );
    const firstMs = Date.now() + inMs;
    for (let index = 0; index < count; index++) {
      const dueMs = firstMs + Math.floor((index * overMs) / count);
      setTimeout(() => void boss.send('alone', { index, dueMs }), dueMs - Date.now());
    }
    await ended.promise;
    await boss.stop({ graceful: true, timeout: 5_000 });
    return lateMs;
  },

  /** As many jobs of croner in one process, which fire a function and keep nothing. */
  async croner({ count, inMs, overMs }: Order): Promise<Float64Array> {
    const firstMs = Math.ceil((Date.now() + inMs) / 1_000) * 1_000; // it knows whole seconds
    const lateMs = new Float64Array(count);
    const ended = Promise.withResolvers<void>();
    let done = 0;
    const dueMs = (index: number) => firstMs + Math.floor((index * overMs) / count / 1_000) * 1_000;
    for (let index = 0; index < count; index++) {
      const due = new Date(dueMs(index));
      new Cron(due, () => {
        lateMs[index] = Date.now() - due.getTime();
        done += 1;
        if (done === count) ended.resolve();
      });
    }
    await ended.promise;
    return lateMs;
  },
});

async function fill(store: Store, count: number): Promise<string> {
  const now = new Date(clock.now()).toISOString();
  const session = { id: newId('sess'), title: `${count} assignments`, kind: 'chat' as const };
  await store.writer.commit(
    [{ type: 'session', session: { ...session, createdAt: now, updatedAt: now } }],
    'durable',
  );
  return session.id;
}

async function fillAssignments(
  store: Store,
  sessionId: string,
  count: number,
  dueMs: (index: number) => number,
): Promise<void> {
  const now = new Date(clock.now()).toISOString();
  for (let first = 0; first < count; first += BATCH) {
    const writes = Array.from({ length: Math.min(BATCH, count - first) }, (_, n): Write => {
      const at = new Date(dueMs(first + n)).toISOString();
      return {
        type: 'assignment',
        assignment: {
          id: newId('asg'),
          title: `Number ${first + n}`,
          state: 'on',
          trigger: { type: 'timer', schedule: { kind: 'once', at }, text: at, words: at },
          work: { type: 'calls', calls: [{ server: 's', tool: 't', arguments: {} }] },
          timeZone: 'UTC',
          rules: DEFAULT_RULES,
          sessionId,
          ownsSession: false,
          createdAt: now,
          createdBy: 'person',
          updatedAt: now,
          nextDueAt: at,
          strip: [],
          failuresInRow: 0,
        },
      };
    });
    await store.writer.commit(writes, 'quick');
  }
}
