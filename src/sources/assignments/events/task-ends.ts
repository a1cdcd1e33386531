import type { Assignment } from '../../../assignment/assignment.ts';
import type { Logger } from '../../../base/log.ts';
import type { Change, Store } from '../../../store/ports.ts';
import type { Task } from '../../../task/task.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { Accept } from './event-firing.ts';
import { eventOfTask, wantsTask } from './events-of-task.ts';

const SCOPE = 'events-tasks';
const KEY = 'seq';
const PAGE = 500;

/** Tells the assignments that fire at the ends of tasks of each, also of those that ended while nobody was there. */
export interface TaskEnds {
  open(): Promise<void>;
  follow(assignment: Assignment): void;
  close(): Promise<void>;
}

/**
 * Follows the commits from a seq that is kept: what was committed after it is looked at again at the next start, and
 * an end that was accepted already is known by its id.
 */
export function followTaskEnds(parts: {
  store: Pick<Store, 'assignments' | 'changes' | 'notes' | 'tasks' | 'writer'>;
  accept: Accept;
  log: Logger;
}): TaskEnds {
  const { store, accept, log } = parts;
  const listening = new Map<string, Assignment>();
  const inTurn = oneAtATime();
  let unfollow = () => {};

  function follow(assignment: Assignment): void {
    const { id, state, trigger } = assignment;
    const wants = state === 'on' && trigger.type === 'event' && trigger.source.kind === 'task';
    if (wants) listening.set(id, assignment);
    else listening.delete(id);
  }

  async function take(changes: readonly Change[]): Promise<void> {
    for (const change of changes)
      if (change.type === 'task' && change.task.endedAt !== undefined) await tell(change.task);
    const last = changes.at(-1);
    if (last !== undefined && listening.size > 0) await store.notes.put(SCOPE, KEY, last.seq);
  }

  async function tell(task: Task): Promise<void> {
    const event = eventOfTask(task);
    if (event === undefined) return;
    for (const assignment of [...listening.values()]) {
      const { trigger, createdAt, id } = assignment;
      if (trigger.type !== 'event' || trigger.source.kind !== 'task') continue;
      if (!wantsTask(trigger.source, task) || (task.endedAt ?? '') < createdAt) continue;
      if ((await assignmentOf(task)) === id) continue; // or it would fire itself for ever
      await accept(assignment, event);
    }
  }

  /** Whose work a task is, itself or as a part of a run. */
  async function assignmentOf({ source, parentId }: Task): Promise<string | undefined> {
    if (source.assignmentId !== undefined || parentId === undefined) return source.assignmentId;
    return (await store.tasks.get(parentId))?.source.assignmentId;
  }

  const taken = (changes: readonly Change[]) =>
    inTurn(KEY, () => take(changes)).catch((error) =>
      log.error({ err: error }, 'the ends of tasks could not be taken in'),
    );

  return {
    async open() {
      for (const assignment of await store.assignments.listening('task')) follow(assignment);
      const from = (await store.notes.get(SCOPE, KEY)) as number | undefined;
      unfollow = store.writer.onCommit((changes) => {
        const mayMatter = listening.size > 0 && changes.some((change) => change.type === 'task');
        if (mayMatter) void taken(changes);
      });
      if (from === undefined || listening.size === 0) return;
      for (let after = from; ; ) {
        const page = await store.changes.since(after, PAGE);
        await taken(page);
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) return;
        after = last.seq;
      }
    },
    follow,
    async close() {
      unfollow();
      await inTurn(KEY, async () => {});
    },
  };
}
