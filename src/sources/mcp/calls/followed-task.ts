import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { Task } from '../../../task/task.ts';
import type { Tracker } from '../../../tracker/tracker.ts';
import type { CallObserver, RunningCall } from '../drivers/driver.ts';
import type { FollowedWork } from './followed-work.ts';
import { taskObserver } from './task-observer.ts';
import { timeLimits } from './time-limits.ts';
import type { Seen } from './tool-records.ts';
import { withTimers } from './with-timers.ts';

/** Takes up a task again that an earlier run of the host left, be it active or `lost`. */
export function followTask(parts: {
  task: Task;
  tracker: Tracker;
  clock: Clock;
  log: Logger;
  limits: { readonly idleMs: number; readonly totalMs: number };
  resume: (observer: CallObserver) => RunningCall;
  seen: (seen: Seen) => void;
}): FollowedWork {
  const { task, tracker, clock, log } = parts;
  const limits = timeLimits(clock, parts.limits, (ending) => running.giveUp(ending));
  const observer = taskObserver({ taskId: task.id, tracker, clock, limits, handled: true });
  const running = parts.resume(observer);
  let endedAs: Parameters<FollowedWork['endAs']>[0] | undefined;

  async function finish() {
    const given = await running.done;
    limits.close();
    const ending = given.status === 'completed' ? given : (endedAs ?? given);
    parts.seen(observer.seen(given)); // an end by force is none of the tool's
    const verdict = await tracker.note({ type: 'ended', taskId: task.id, ending });
    // Lost it was already; now it is known that it stays so.
    if (!verdict.ok && ending.forGood === true) await observer.handle(null);
  }

  return {
    id: task.id,
    title: task.title,
    server: task.source.server ?? '',
    taskId: task.id,
    running: withTimers(running, limits.close),
    finished: finish().catch((error: unknown) => {
      log.error({ err: error, task: task.id }, 'the end of a task could not be saved');
    }),
    endAs(ending) {
      endedAs = ending;
    },
  };
}
