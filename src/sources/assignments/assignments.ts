import type { Run } from '../../assignment/run.ts';
import { type Clock, isoNow } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import type { Estate, Store } from '../../store/ports.ts';
import type { Task } from '../../task/task.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import type { AssignmentDirectory, AssignmentPorts } from '../assignment-directory.ts';
import type { ResourceWatcher, Source } from '../source.ts';
import { createDirectory } from './directory/directory.ts';
import { createExchange } from './directory/exchange.ts';
import { createTryNow } from './directory/try-now.ts';
import { createEventFiring } from './events/event-firing.ts';
import { createExpectations } from './expectations.ts';
import { fireTimer, passOver, planAgain } from './firing/fire-timer.ts';
import { firesFirst } from './firing/fires-first.ts';
import { createFiringClock } from './firing/firing-clock.ts';
import { createKeeper } from './keeper.ts';
import { assignmentWrite } from './runs/after-run.ts';
import { withGlance } from './runs/glance.ts';
import { localRunQueue, type RunQueue, type RunQueueParts } from './runs/run-queue.ts';
import { createRunner } from './runs/runner.ts';

/** How many runs go on at once. Most of them wait for a server, which has limits of its own. */
const RUNS_AT_ONCE = 50;

/** The source of assignments: it fires them at their times and events, and performs their runs. */
export interface Assignments extends Source, AssignmentDirectory {
  readonly type: 'assignment';
  /** `mayBegin` may say something else now. */
  offerAgain(): void;
  /** Goes on with the runs of a host that is gone. They and their tasks belong to this one already. */
  takeOver(left: Pick<Estate, 'runs' | 'runTasks'>): Promise<void>;
  /** Others have taken over: the runs that go on here are theirs. */
  letGo(): void;
}

export function createAssignments(parts: {
  store: Store;
  tracker: Tracker;
  ports: AssignmentPorts;
  watcher: ResourceWatcher;
  clock: Clock;
  log: Logger;
  /** The queue of this host alone, unless another is given. */
  queue?: (parts: RunQueueParts) => RunQueue;
  limit?: number;
  hostZone?: string;
  /** Whether new runs may begin now; where not, they wait, over a restart too. */
  mayBegin?: () => boolean;
}): Assignments {
  const { store, tracker, ports, watcher, clock, log, queue: makeQueue = localRunQueue } = parts;
  const hostZone = parts.hostZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const keeper = createKeeper(store);
  const runner = createRunner({
    store,
    tracker,
    keeper,
    ports,
    clock,
    log,
    ...(parts.mayBegin && { mayBegin: parts.mayBegin }),
  });
  const queue = makeQueue({
    store,
    clock,
    log,
    limit: parts.limit ?? RUNS_AT_ONCE,
    perform: runner.perform,
  });
  const firing = createFiringClock({
    store,
    clock,
    log,
    isOurs: (id) => firesFirst(store.hosts, id),
    fire,
    setBack: (id) => keeper.change(id, (assignment) => planAgain(assignment, clock)),
  });
  const events = createEventFiring({ store, keeper, watcher, clock, log });
  const expectations = createExpectations({ store, ports, clock, log });
  const directory = createDirectory({ store, keeper, ports, clock, hostZone });
  const exchange = createExchange({ store, directory });
  let left: readonly Task[] = [];

  /** A time that has its run is passed over: another host has fired it meanwhile, or the clock was set back. */
  async function fire(id: string): Promise<void> {
    try {
      await keeper.change(id, (assignment) => fireTimer(assignment, { runs: store.runs, clock }));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'run_exists')) throw error;
      log.info({ assignment: id }, 'a time that was fired before is passed over');
      await keeper.change(id, (assignment) => passOver(assignment, clock));
    }
  }

  function goOnWith(runs: readonly Run[]): void {
    for (const run of runs)
      void runner
        .resume(run)
        .catch((error) => log.error({ err: error, run: run.id }, 'a run could not be gone on with'));
  }

  async function runOf(taskId: string) {
    const active = await store.runs.active();
    return active.find((run) => run.taskId === taskId);
  }

  return {
    type: 'assignment',
    ...directory,
    ...exchange,
    tryNow: createTryNow({ store, ports, clock, hostZone }),
    hook: events.hook,
    offerAgain: queue.offerAgain,
    async recover(tasks) {
      left = tasks;
      tracker.adopt(tasks);
    },
    async open() {
      const leftIds = new Set(left.map(({ id }) => id));
      const active = await store.runs.active();
      goOnWith(active.filter(({ state, taskId }) => state === 'running' && leftIds.has(taskId ?? '')));
      left = [];
      await queue.open();
      await events.open();
      firing.open();
      await expectations.open();
    },
    async takeOver({ runs, runTasks }) {
      tracker.adopt(runTasks);
      goOnWith(runs);
      await events.lookAgain();
      queue.offerAgain();
    },
    letGo: () => runner.letGo(),
    async cancel(taskId, { by, force }) {
      if (force)
        throw new AppError(
          'cancel_unsupported',
          'A run is stopped through its calls; there is nothing to force.',
        );
      const verdict = await tracker.note({ type: 'cancel_requested', taskId, by });
      if (!verdict.ok) throw new AppError('already_ended', 'This run has already ended.');
      const run = await runOf(taskId);
      if (run === undefined) return runner.byTask(taskId)?.stop('cancelled');
      // Alone, so that no try begins in between.
      await keeper.alone(run.assignmentId, async () => {
        const work = runner.byTask(taskId);
        if (work !== undefined) return work.stop('cancelled');
        const [newest, assignment] = await Promise.all([
          store.runs.get(run.id),
          store.assignments.get(run.assignmentId),
        ]);
        // Begun by an earlier start of the host, and not taken up yet: it sees the request when it is.
        if (newest?.state !== 'waiting' || assignment === undefined) return;
        const ended = { ...newest, state: 'cancelled' as const, endedAt: isoNow(clock) };
        await tracker.note(
          { type: 'ended', taskId, ending: { status: 'cancelled', cancelAnswer: 'stopped' } },
          [{ type: 'run', run: ended }, assignmentWrite(withGlance(assignment, ended), assignment)],
        );
      });
    },
    async answer() {
      throw new AppError('input_not_asked', 'A run asks nothing itself; its calls do.');
    },
    async stopWaiting(taskId, by) {
      await this.cancel(taskId, { by, force: false });
    },
    fateOf: () => 'reattached',
    async close() {
      await firing.close();
      await events.close();
      await expectations.close();
      await runner.close();
      await queue.close();
    },
  };
}
