import type { Assignment } from '../../../assignment/assignment.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { Change, Store } from '../../../store/ports.ts';
import type { Task } from '../../../task/task.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { Accept } from './event-firing.ts';
import { chainOf, eventOfTask, wantsTask } from './events-of-task.ts';

const SCOPE = 'events-tasks';
const PAGE = 500;
const RETRY_MS = 1_000;
const RUNS_LOOKED_AT = 50;

/** Tells the assignments that fire at the ends of tasks of each, also of those that ended while nobody was there. */
export interface TaskEnds {
  open(): Promise<void>;
  follow(assignment: Assignment): void;
  close(): Promise<void>;
}

/**
 * Follows the commits from a seq that is kept: what was committed after it is looked at again at the next start, and
 * an end that was accepted already is known by its id. Each host tells the ends of all tasks, so that none waits for
 * one that is gone.
 */
export function followTaskEnds(parts: {
  store: Pick<Store, 'assignments' | 'changes' | 'hosts' | 'notes' | 'runs' | 'tasks'>;
  accept: Accept;
  clock: Clock;
  log: Logger;
}): TaskEnds {
  const { store, accept, clock, log } = parts;
  const listening = new Map<string, Assignment>();
  const inTurn = oneAtATime();
  /** How far this host has told them. */
  const key = store.hosts === undefined ? 'seq' : `seq ${store.hosts.id}`;
  let unfollow = () => {};
  let isOpen = false;
  let wake = () => {};

  function follow(assignment: Assignment): void {
    const { id, state, trigger } = assignment;
    const wants = state === 'on' && trigger.type === 'event' && trigger.source.kind === 'task';
    const isFirst = wants && listening.size === 0;
    if (wants) listening.set(id, assignment);
    else listening.delete(id);
    // While nobody listened nothing was followed: it begins here, and not where it was left.
    if (isFirst && isOpen) void later(() => store.notes.put(SCOPE, key, assignment.seq));
  }

  async function take(changes: readonly Change[]): Promise<void> {
    for (const change of changes) if (isEnd(change)) await tell(change.task);
    const last = changes.at(-1);
    if (last !== undefined && listening.size > 0) await store.notes.put(SCOPE, key, last.seq);
  }

  async function tell(task: Task): Promise<void> {
    const chain = await chainTo(task);
    const event = eventOfTask(task, chain);
    if (event === undefined) return;
    for (const assignment of [...listening.values()]) {
      const { trigger, createdAt, id } = assignment;
      if (trigger.type !== 'event' || trigger.source.kind !== 'task') continue;
      if (!wantsTask(trigger.source, task) || (task.endedAt ?? '') < createdAt) continue;
      if (chain.includes(id)) continue; // or it would fire itself for ever, alone or with others
      await accept(assignment, event);
    }
  }

  /** The assignments that led to a task: the one whose run it is or is a part of, and those that fired that. */
  async function chainTo(task: Task): Promise<readonly string[]> {
    const ofRun =
      task.source.assignmentId === undefined && task.parentId !== undefined
        ? await store.tasks.get(task.parentId)
        : task;
    const assignmentId = ofRun?.source.assignmentId;
    if (ofRun === undefined || assignmentId === undefined) return [];
    const { runs } = await store.runs.list({ assignmentId, limit: RUNS_LOOKED_AT });
    const cause = runs.find(({ taskId }) => taskId === ofRun.id)?.cause;
    return [...(cause?.type === 'event' ? chainOf(cause.events) : []), assignmentId];
  }

  /** None is passed over: what cannot be taken in now is tried again, and the rest waits behind it. */
  const later = (work: () => Promise<void>) =>
    inTurn(key, async () => {
      while (isOpen)
        try {
          return await work();
        } catch (error) {
          log.error({ err: error }, 'the ends of tasks could not be taken in; trying again');
          const { promise, resolve } = Promise.withResolvers<void>();
          wake = resolve;
          const callOff = clock.after(RETRY_MS, resolve);
          await promise;
          callOff();
        }
    });

  async function replay(from: number): Promise<void> {
    for (let after = from; isOpen; ) {
      const page = await store.changes.since(after, PAGE);
      await take(page);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.seq;
    }
  }

  return {
    async open() {
      for (const assignment of await store.assignments.listening('task')) follow(assignment);
      const noted = (await store.notes.get(SCOPE, key)) as number | undefined;
      isOpen = true;
      unfollow = store.changes.follow((changes) => {
        const mayMatter = listening.size > 0 && changes.some(isEnd);
        if (mayMatter) void later(() => take(changes));
      });
      if (listening.size === 0) return;
      // Killed before the first note: nothing was followed before one of them was written.
      const from = noted ?? Math.min(...[...listening.values()].map(({ seq }) => seq));
      void later(() => replay(from));
    },
    follow,
    async close() {
      isOpen = false;
      unfollow();
      wake();
      await inTurn(key, async () => {});
    },
  };
}

const isEnd = (change: Change): change is Extract<Change, { type: 'task' }> =>
  change.type === 'task' && change.task.endedAt !== undefined;
