import type { Unnumbered } from '../store/ports.ts';
import type { Ending, NewTask, Report } from '../task/report.ts';
import { ENDED_STATUSES, MOVES, type Status } from '../task/status.ts';
import { PREVIEW_CHARS, type Task } from '../task/task.ts';
import { hasMoved, nextProgress } from './progress.ts';

type Marker = Unnumbered<Task>;
type ReportOnTask = Exclude<Report, { type: 'started' | 'logged' }>;

/** What a report makes of a task, or why it makes nothing of it. */
export type Verdict =
  | { readonly ok: true; readonly task: Marker }
  | { readonly ok: false; readonly reason: 'already_ended' | 'not_allowed' | 'not_ended' };

/** The marker of work that has just begun. `now` is ISO 8601 UTC. */
export function firstMarker(task: NewTask, now: string): Marker {
  return {
    ...task,
    status: 'working',
    createdAt: now,
    aliveAt: now,
    ...(task.progress === undefined
      ? {}
      : { progress: nextProgress(undefined, task.progress), progressedAt: now }),
    delivery: { state: task.sessionId === undefined ? 'none' : 'pending' },
  };
}

/**
 * Judges one report against the table of moves. Pure: the same task, report and time always give the same
 * verdict. A delivery is only noted on a task that has ended; every other report only on one that has not.
 */
export function judge(task: Marker, report: ReportOnTask, now: string): Verdict {
  switch (report.type) {
    case 'delivered':
      return onEnded(task, {
        delivery: { state: 'delivered', messageId: report.messageId, deliveredAt: now },
      });
    case 'undeliverable':
      return onEnded(task, { delivery: { state: 'undeliverable', error: report.error } });
    case 'ended':
      return end(task, report.ending, now);
    case 'progressed': {
      const progress = nextProgress(task.progress, report.progress);
      const moved = hasMoved(task.progress, progress);
      return onActive(task, { progress, aliveAt: now, ...(moved ? { progressedAt: now } : {}) });
    }
    case 'alive':
      return onActive(task, { aliveAt: now });
    case 'cancel_requested':
      return onActive(task, {
        cancel: { ...task.cancel, requestedAt: task.cancel.requestedAt ?? now, requestedBy: report.by },
      });
    case 'cancel_noted':
      return onActive(task, { cancel: { ...task.cancel, note: report.note }, aliveAt: now });
  }
}

export const hasEnded = (status: Status): boolean => (ENDED_STATUSES as readonly Status[]).includes(status);

function end(task: Marker, ending: Ending, now: string): Verdict {
  if (!MOVES[task.status].includes(ending.status))
    return { ok: false, reason: hasEnded(task.status) ? 'already_ended' : 'not_allowed' };
  const { input: _answeredByTheEnd, ...rest } = task;
  const result =
    ending.preview === undefined && ending.content === undefined
      ? undefined
      : {
          preview: (ending.preview ?? '').slice(0, PREVIEW_CHARS),
          isError: ending.isError ?? false,
          contentRef: `/api/tasks/${task.id}/result`,
        };
  return {
    ok: true,
    task: {
      ...rest,
      status: ending.status,
      endedAt: now,
      aliveAt: ending.status === 'lost' ? task.aliveAt : now,
      ...(ending.statusMessage === undefined ? {} : { statusMessage: ending.statusMessage }),
      ...(result === undefined ? {} : { result }),
      ...(ending.failure === undefined ? {} : { failure: ending.failure }),
    },
  };
}

function onActive(task: Marker, change: Partial<Marker>): Verdict {
  return hasEnded(task.status)
    ? { ok: false, reason: 'already_ended' }
    : { ok: true, task: { ...task, ...change } };
}

function onEnded(task: Marker, change: Partial<Marker>): Verdict {
  return hasEnded(task.status)
    ? { ok: true, task: { ...task, ...change } }
    : { ok: false, reason: 'not_ended' };
}
