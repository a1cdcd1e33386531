import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import type { Source } from '../sources/source.ts';
import type { Change, Store } from '../store/ports.ts';
import { cutOffBy } from '../views/api/contract/fates.ts';
import type { HostState, StopPlan } from '../views/api/contract/types.ts';
import type { HostControl } from '../views/api/ports.ts';
import type { RestartAccounts } from './restart-account.ts';

/** What becomes of work is asked again so often while waiting; ends are heard of at once. */
const LOOK_AGAIN_MS = 1_000;

export interface Stopping extends HostControl {
  /** Lets new work begin, unless the host stops. @throws {AppError} `shutting_down` */
  admit<T>(work: () => Promise<T>): Promise<T>;
  /** From now on the host closes, whoever brought it about. */
  closing(): void;
}

/** Stops the host with an eye on its work. `shutDown` is called when it is time. */
export function createStopping(parts: {
  store: Store;
  source: Pick<Source, 'fateOf'>;
  /** How many turns of the assistant go on. */
  turns: () => number;
  restarts: RestartAccounts;
  clock: Clock;
  log: Logger;
  shutDown: () => void;
}): Stopping {
  const { store, source, turns, restarts, clock, log, shutDown } = parts;
  const listeners = new Set<() => void>();
  let state: HostState['state'] = 'running';
  let waitsFor = 0;
  /** New work that was let in and has not been recorded, or answered, yet. */
  let beginning = 0;
  let unwatch: (() => void) | undefined;

  const stateNow = (): HostState => ({ state, waitsFor, restart: restarts.current() });
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  function become(next: HostState['state'], count: number) {
    if (state === next && waitsFor === count) return;
    [state, waitsFor] = [next, count];
    tell();
  }

  async function plan(): Promise<StopPlan> {
    const [active, open] = await Promise.all([store.tasks.active(), store.messages.openCalls()]);
    const tasks = active.map((task) => ({ id: task.id, title: task.title, fate: source.fateOf(task) }));
    return { tasks, calls: Math.max(open.length, beginning), turns: turns(), host: stateNow() };
  }

  /** Looks again at every end, one look at a time, until nothing would be cut off. */
  function watch(answered: Promise<unknown>): () => void {
    let looking = false;
    let again = false;
    let over = false;
    let callOff = () => {};
    async function look() {
      again = looking;
      if (looking || over) return;
      looking = true;
      callOff();
      try {
        await answered;
        const count = cutOffBy(await plan());
        if (over) return;
        if (count === 0) return now();
        become('waiting', count);
      } catch (error) {
        log.warn({ err: error }, 'could not see what still runs');
      } finally {
        looking = false;
      }
      if (again) return look();
      callOff = clock.after(LOOK_AGAIN_MS, () => void look());
    }
    const unfollow = store.writer.onCommit((changes) => {
      if (changes.some(mayEnd)) void look();
    });
    void look();
    return () => {
      over = true;
      callOff();
      unfollow();
    };
  }

  function closing() {
    unwatch?.();
    unwatch = undefined;
    become('stopping', 0);
  }

  function now() {
    if (state === 'stopping') return;
    closing();
    shutDown();
  }

  return {
    state: stateNow,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    plan,
    async stop(wait, answered) {
      if (!wait) {
        void answered.then(now);
        return { ...(await plan()), host: { ...stateNow(), state: 'stopping', waitsFor: 0 } };
      }
      if (state === 'running') become('waiting', waitsFor); // nothing new from here on
      const found = await plan();
      if (state === 'waiting') {
        become('waiting', cutOffBy(found));
        unwatch ??= watch(answered);
      }
      return { ...found, host: stateNow() };
    },
    keepRunning() {
      if (state !== 'waiting') return;
      unwatch?.();
      unwatch = undefined;
      become('running', 0);
    },
    async admit(work) {
      if (state !== 'running')
        throw new AppError(
          'shutting_down',
          state === 'waiting'
            ? 'Meanwhile stops when the work that runs has ended; nothing new is started. “Keep running” takes that back.'
            : 'Meanwhile is stopping; nothing new is started.',
        );
      beginning += 1;
      try {
        return await work();
      } finally {
        beginning -= 1;
      }
    },
    closing,
    restart: {
      read: () => restarts.read(),
      async dismiss() {
        await restarts.dismiss();
        tell();
      },
    },
  };
}

/** Progress ends nothing: it is not worth a look. */
const mayEnd = (change: Change): boolean =>
  change.type === 'message' || (change.type === 'task' && change.task.endedAt !== undefined);
