import { PgBoss } from 'pg-boss';
import type { Run } from '../../../assignment/run.ts';
import { createLookout } from '../lookout.ts';
import type { RunQueue, RunQueueParts } from './run-queue.ts';

const QUEUE = 'runs';
const SCHEMA = 'meanwhile_jobs';
/** Those that one host takes at a time: few, so that others have their share. */
const AT_A_TIME = 16;
const LOOK_MS = 5_000;
const RETRY_MS = 1_000;
const PAGE = 1_000;
/** A run that was left here is offered again, at first so soon. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

interface Offer {
  readonly runId: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
}

interface Left {
  readonly assignmentId: string;
  readonly waitMs: number;
  readonly untilMs: number;
}

/**
 * The queue of several hosts on one PostgreSQL. A job says no more than that a run may begin: which it is stands in the
 * store, and so does who has begun it. Each host watches the clock itself and sends the job at its time, because delayed
 * jobs come seconds late; the key of the run makes one job of what several send. A job is done when its run has begun: who
 * performs it, and whether that host is still there, is what the hosts know of each other.
 *
 * Jobs that are lost with a host that is killed come back by their heartbeat, and what nobody has sent is found when the
 * store is looked at, so that a run waits for no host in particular.
 */
export function pgBossQueue(parts: RunQueueParts, url: string): RunQueue {
  const { store, clock, log, limit, perform } = parts;
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    application_name: 'meanwhile jobs',
    max: 3,
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    useListenNotify: true,
  });
  const running = new Map<string, Promise<void>>();
  const free = new Set<() => void>();
  /** Runs that were left here. Other hosts may offer them all the same. */
  const left = new Map<string, Left>();
  const sending = new Set<Promise<void>>();
  let isOpen = false;
  const lookout = createLookout({
    clock,
    longestMs: LOOK_MS,
    look,
    failed: (error) => log.warn({ err: error }, 'waiting runs could not be looked at; trying again'),
  });
  let unfollow: (() => void)[] = [];

  function send(runs: readonly Run[]): void {
    if (runs.length === 0 || !isOpen) return;
    const jobs = runs.map(({ id, attempt, notBefore }) => ({
      data: { runId: id, notBefore } satisfies Offer,
      singletonKey: `${id} ${attempt}`,
      priority: priorityOf(notBefore),
    }));
    const sent: Promise<void> = boss
      .insert(QUEUE, jobs)
      .then(() => {})
      .catch((error) => {
        // They stand in the store as waiting, and are found there.
        log.warn({ err: error, runs: runs.length }, 'runs could not be offered; trying again');
        lookout.lookBy(clock.now() + RETRY_MS);
      })
      .finally(() => sending.delete(sent));
    sending.add(sent);
  }

  /** Settles when the run has begun, or was left: then the next job may come, if there is room. */
  async function take({ runId }: Offer): Promise<void> {
    while (running.size >= limit && isOpen) await new Promise<void>((resolve) => free.add(resolve));
    if (!isOpen || running.has(runId)) return;
    const run = await store.runs.get(runId);
    if (run?.state !== 'waiting' || Date.parse(run.notBefore) > clock.now()) return;
    const done: Promise<void> = perform(run)
      .then((what) => {
        if (what === 'performed') left.delete(runId);
        else leave(run);
      })
      .catch((error) => {
        log.error({ err: error, run: runId }, 'a run could not be performed; it is tried again');
        leave(run);
      })
      .finally(() => {
        running.delete(runId);
        for (const wake of free) wake();
        free.clear();
      });
    running.set(runId, done);
  }

  function leave({ id, assignmentId }: Run): void {
    const waitMs = Math.min((left.get(id)?.waitMs ?? FIRST_WAIT_MS / 2) * 2, LONGEST_WAIT_MS);
    const untilMs = clock.now() + waitMs;
    left.set(id, { assignmentId, waitMs, untilMs });
    lookout.lookBy(untilMs);
  }

  /** What waited behind a run that has ended may begin now. */
  function ended({ assignmentId }: Run): void {
    let any = false;
    for (const [id, { waitMs, ...behind }] of left)
      if (behind.assignmentId === assignmentId) {
        left.set(id, { ...behind, waitMs, untilMs: 0 });
        any = true;
      }
    if (any) lookout.look();
  }

  /** Offers what waits and may begin: what was sent already is the same job. */
  async function look(): Promise<number> {
    const nowMs = clock.now();
    const waiting = await store.runs.waiting(nowMs, PAGE);
    for (const id of left.keys()) if (!waiting.some((run) => run.id === id)) left.delete(id);
    send(waiting.filter(({ id }) => !running.has(id) && (left.get(id)?.untilMs ?? 0) <= nowMs));
    const nextMs = (await store.runs.nextWaitingAt()) ?? Number.POSITIVE_INFINITY;
    const leftMs = [...left.values()].map(({ untilMs }) => untilMs);
    return Math.min(...[nextMs, ...leftMs].filter((ms) => ms > clock.now()));
  }

  return {
    async open() {
      boss.on('error', (error) => log.warn({ err: error }, 'the queue of runs has trouble'));
      await boss.start();
      await boss.createQueue(QUEUE, {
        policy: 'exclusive',
        notify: true,
        heartbeatSeconds: 10,
        expireInSeconds: 12 * 3_600,
        retryLimit: 1_000,
        deleteAfterSeconds: 3_600,
      });
      isOpen = true;
      await boss.work<Offer>(
        QUEUE,
        {
          batchSize: AT_A_TIME,
          burstWhenBatchFull: true,
          pollingIntervalSeconds: 1,
          notifyPollingIntervalSeconds: 1,
        },
        async (jobs) => {
          // What was taken together comes in no order.
          const offers = jobs.map(({ data }) => data);
          offers.sort((a, b) => Date.parse(a.notBefore) - Date.parse(b.notBefore));
          for (const offer of offers) await take(offer);
        },
      );
      unfollow = [
        store.writer.onCommit((changes) => {
          const nowMs = clock.now();
          const waiting = changes.flatMap((change) =>
            change.type === 'run' && change.run.state === 'waiting' ? [change.run] : [],
          );
          const due = waiting.filter(({ notBefore }) => Date.parse(notBefore) <= nowMs);
          send(due);
          if (due.length < waiting.length) lookout.look(); // when the next may begin
        }),
        store.changes.follow((changes) => {
          if (left.size === 0) return;
          for (const change of changes)
            if (change.type === 'run' && change.run.endedAt !== undefined) ended(change.run);
        }),
      ];
      lookout.open();
    },
    offerAgain() {
      left.clear();
      lookout.look();
    },
    async close() {
      isOpen = false;
      for (const undo of unfollow) undo();
      for (const wake of free) wake();
      await lookout.close();
      await Promise.all(sending);
      await Promise.all(running.values());
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

const LONG_AGO_MS = Date.parse('2020-01-01T00:00:00Z');

/** What was due earlier comes first; jobs that are sent together have no other order. Whole seconds fit until 2088. */
const priorityOf = (notBefore: string): number => -Math.floor((Date.parse(notBefore) - LONG_AGO_MS) / 1_000);
