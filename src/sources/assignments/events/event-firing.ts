import type { Assignment, EventTrigger } from '../../../assignment/assignment.ts';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store } from '../../../store/ports.ts';
import type { AssignmentDirectory } from '../../assignment-directory.ts';
import type { ResourceWatcher } from '../../source.ts';
import { hookEvent } from '../hooks/hook-event.ts';
import { hashHookToken, hookSecret } from '../hooks/hook-token.ts';
import { verifyHook } from '../hooks/verify-hook.ts';
import type { Keeper } from '../keeper.ts';
import { withGlance } from '../runs/glance.ts';
import { newRun } from '../runs/new-run.ts';
import { batchOf, MOST_IN_A_BATCH } from './batch-of.ts';
import { matchesFilters } from './matches-filters.ts';
import { followTaskEnds } from './task-ends.ts';
import { watchServers } from './watch-servers.ts';

const RETRY_MS = 1_000;
const RUNS_LOOKED_AT = 20;

/** An event that is told again after so long is not known any more. */
const REMEMBERED_MS = 30 * 86_400_000;
const FORGET_EVERY_MS = 6 * 3_600_000;

/** Takes events in, and makes runs of them. An event that was accepted is on disk, and leads to a run. */
export interface EventFiring {
  readonly hook: AssignmentDirectory['hook'];
  open(): Promise<void>;
  /** Another host is gone: makes runs of what it accepted, too. */
  lookAgain(): Promise<void>;
  close(): Promise<void>;
}

/** Accepts an event for an assignment, if it is on and its filters hold; settles when it is on disk. */
export type Accept = (assignment: Assignment, event: AcceptedEvent) => Promise<boolean>;

export function createEventFiring(parts: {
  store: Store;
  keeper: Keeper;
  watcher: ResourceWatcher;
  clock: Clock;
  log: Logger;
}): EventFiring {
  const { store, keeper, watcher, clock, log } = parts;
  const alarms = new Map<string, () => void>();
  const working = new Set<Promise<unknown>>();
  const watched = watchServers({ store, watcher, accept, clock, log });
  const taskEnds = followTaskEnds({ store, accept, clock, log });
  let callOffForgetting = () => {};
  let isOpen = false;
  let unfollow = () => {};

  async function accept(assignment: Assignment, event: AcceptedEvent): Promise<boolean> {
    const { trigger, state } = assignment;
    if (state !== 'on' || trigger.type !== 'event' || !matchesFilters(event, trigger.filters)) return false;
    const { isNew } = await store.inbox.accept(assignment.id, event, clock.now());
    if (!isNew) return false;
    fireSoon(assignment.id);
    return true;
  }

  function fireSoon(id: string) {
    if (!isOpen) return;
    const work = fire(id)
      .catch((error) => {
        log.warn({ err: error, assignment: id }, 'events could not be made a run of; trying again');
        wakeAt(id, clock.now() + RETRY_MS);
      })
      .finally(() => working.delete(work));
    working.add(work);
  }

  function wakeAt(id: string, ms: number) {
    if (!isOpen) return;
    alarms.get(id)?.();
    alarms.set(
      id,
      clock.after(Math.max(0, ms - clock.now()), () => {
        alarms.delete(id);
        fireSoon(id);
      }),
    );
  }

  function forget() {
    callOffForgetting = clock.after(FORGET_EVERY_MS, forget);
    const work = store.inbox
      .forget(clock.now() - REMEMBERED_MS)
      .catch((error) => log.warn({ err: error }, 'events of long ago could not be forgotten'))
      .finally(() => working.delete(work));
    working.add(work);
  }

  /** Makes runs of what waits, until it waits for more, for its time, or for the run before it. */
  async function fire(id: string): Promise<void> {
    for (let more = true; more && isOpen; ) {
      more = false;
      await keeper.change(id, async (assignment) => {
        const { trigger, rules, state } = assignment;
        if (trigger.type !== 'event' || state !== 'on') return undefined;
        // What comes while a run goes on is not skipped: it goes into the next one.
        if (rules.overlap !== 'allow' && (await store.runs.active(id)).length > 0) return undefined;
        const taken = await takeBatch(id, trigger);
        if (taken.length === 0) return undefined;
        const now = isoNow(clock);
        const cause = { type: 'event' as const, events: taken.map(({ event }) => event) };
        const run = newRun(assignment, cause, now);
        more = trigger.once !== true && rules.overlap === 'allow';
        const over = trigger.once ? { state: 'done' as const, stateNote: 'It has fired once.' } : {};
        return {
          assignment: withGlance({ ...assignment, ...over, updatedAt: now }, run),
          alongside: [{ type: 'run', isNew: true, run, takes: taken.map(({ inboxId }) => inboxId) }],
        };
      });
    }
  }

  async function takeBatch(id: string, { debounceMs, atMostEveryMs }: EventTrigger) {
    const pending = await store.inbox.pending(id, MOST_IN_A_BATCH + 1);
    if (pending.length === 0) return [];
    // What a person started in between does not count.
    const { runs } = await store.runs.list({ assignmentId: id, limit: RUNS_LOOKED_AT });
    const last = runs.find(({ cause }) => cause.type === 'event');
    const lastRunMs = last && Date.parse(last.createdAt);
    const { take, lookAgainMs } = batchOf(pending, {
      nowMs: clock.now(),
      lastRunMs,
      debounceMs,
      atMostEveryMs,
    });
    if (lookAgainMs !== undefined) wakeAt(id, lookAgainMs);
    return take;
  }

  return {
    async hook(token, { headers, body }) {
      const assignment = await store.assignments.byHook(hashHookToken(token));
      if (assignment === undefined || assignment.trigger.type !== 'event') return undefined;
      const { source } = assignment.trigger;
      if (source.kind !== 'hook') return undefined;
      const secret = source.signed ? hookSecret(token) : undefined;
      const verified = verifyHook({ headers, body, secret, nowMs: clock.now() });
      if (!verified.ok) throw wrong(verified);
      const read = hookEvent({ headers, body }, verified.id, clock.now());
      if (!read.ok) throw wrong(read);
      return { accepted: await accept(assignment, read.event) };
    },
    async open() {
      isOpen = true;
      unfollow = store.changes.follow((changes) => {
        for (const change of changes) {
          const hasEnded =
            change.type === 'run' && change.run.endedAt !== undefined && change.run.cause.type !== 'timer';
          if (hasEnded) fireSoon(change.run.assignmentId);
          if (change.type === 'assignment' && change.assignment.trigger.type === 'event') {
            watched.follow(change.assignment);
            taskEnds.follow(change.assignment);
            fireSoon(change.assignment.id); // it may have been resumed with something waiting
          }
        }
      });
      await watched.open();
      await taskEnds.open();
      await this.lookAgain();
      forget();
    },
    async lookAgain() {
      for (const id of await store.inbox.assignmentsWithPending()) fireSoon(id);
    },
    async close() {
      isOpen = false;
      unfollow();
      callOffForgetting();
      await Promise.all([watched.close(), taskEnds.close()]);
      for (const callOff of alarms.values()) callOff();
      await Promise.all(working);
    },
  };
}

const wrong = ({ field, expected }: { field: string; expected: string }): AppError =>
  new AppError('invalid_request', `${field}: expected ${expected}.`, { fields: [{ field, expected }] });
