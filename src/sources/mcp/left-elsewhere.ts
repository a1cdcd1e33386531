import { type Clock, isoNow } from '../../base/clock.ts';
import type { Store } from '../../store/ports.ts';
import type { Message } from '../../store/records.ts';
import type { Handle } from '../../task/report.ts';
import type { Task } from '../../task/task.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import { closedCalls } from './closed-calls.ts';

/** Kept of work that nothing else finds again: its own host knows, when it comes back, that nothing of it is left. */
export const LEFT: Handle = { kind: 'left' };

export const isLeft = (handle: Handle): boolean => handle.kind === LEFT.kind;

/**
 * Tells of the work of a host that is gone. Its processes and connections are out of our reach: the work may go on
 * there, so it is `lost` until that host comes back and tells the truth.
 */
export async function loseWorkElsewhere(parts: {
  tasks: readonly Task[];
  calls: readonly Message[];
  store: Pick<Store, 'tasks' | 'writer'>;
  tracker: Tracker;
  clock: Clock;
}): Promise<void> {
  const { tasks, calls, store, tracker, clock } = parts;
  const now = isoNow(clock);
  const closed = calls.map((message) => closedCalls(message, now, UNKNOWN));
  if (closed.length > 0)
    await store.writer.commit(
      closed.map((message) => ({ type: 'message', message })),
      'durable',
    );
  tracker.adopt(tasks);
  for (const task of tasks) {
    const kept = await store.tasks.handle(task.id);
    const handle = kept ?? LEFT;
    await tracker.note({ type: 'handled', taskId: task.id, handle, durably: true });
    await tracker.note({
      type: 'ended',
      taskId: task.id,
      ending: {
        status: 'lost',
        statusMessage:
          'The host that worked on this is gone. The work may go on there; its end is told here when that host is back.',
      },
    });
  }
}

const UNKNOWN = {
  reason: 'lost',
  message: 'The host that made this call is gone. Whether the tool did its work is not known.',
};
