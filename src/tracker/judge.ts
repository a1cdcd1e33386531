import type { Unnumbered } from '../store/ports.ts';
import type { Ending, NewTask, Report } from '../task/report.ts';
import { ENDED_STATUSES, MOVES, type Status } from '../task/status.ts';
import { PREVIEW_CHARS, type Question, type Task } from '../task/task.ts';
import { hasMoved, nextProgress } from './progress.ts';

type Marker = Unnumbered<Task>;
type ReportOnTask = Exclude<Report, { type: 'started' | 'logged' | 'handled' }>;

/** What a report makes of a task, or why it makes nothing of it. */
export type Verdict =
  | { readonly ok: true; readonly task: Marker }
  | { readonly ok: false; readonly reason: 'already_ended' | 'not_allowed' | 'not_ended' | 'not_asked' };

const STATUS_MESSAGE_CHARS = 500;

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
    // The end of a part is told by the task that it is a part of.
    delivery: { state: task.sessionId === undefined || task.parentId !== undefined ? 'none' : 'pending' },
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
    case 'told': {
      const statusMessage = report.message.slice(0, STATUS_MESSAGE_CHARS);
      const moved = statusMessage !== task.statusMessage;
      return onActive(task, { statusMessage, aliveAt: now, ...(moved ? { progressedAt: now } : {}) });
    }
    case 'asked': {
      const question = { ...report.question, askedAt: now };
      const others = (task.input ?? []).filter(({ key }) => key !== question.key);
      return onActive(task, { ...asking([...others, question]), aliveAt: now });
    }
    case 'answered':
    case 'withdrawn': {
      const left = (task.input ?? []).filter(({ key }) => key !== report.key);
      if (left.length === (task.input ?? []).length)
        return { ok: false, reason: hasEnded(task.status) ? 'already_ended' : 'not_asked' };
      return onActive(task, { ...asking(left), aliveAt: now });
    }
    case 'contact_lost':
      return onActive(task, {
        contactLost: { since: task.contactLost?.since ?? now, note: report.note },
      });
    case 'contact_back':
      return onActive(task, { contactLost: undefined, aliveAt: now });
    case 'cancel_requested':
      return onActive(task, {
        cancel: { ...task.cancel, requestedAt: task.cancel.requestedAt ?? now, requestedBy: report.by },
      });
    case 'cancel_noted':
      return onActive(task, {
        cancel: { ...task.cancel, answer: report.answer, note: report.note },
        aliveAt: now,
      });
  }
}

export const hasEnded = (status: Status): boolean => (ENDED_STATUSES as readonly Status[]).includes(status);

function end(task: Marker, ending: Ending, now: string): Verdict {
  if (!MOVES[task.status].includes(ending.status))
    return { ok: false, reason: hasEnded(task.status) ? 'already_ended' : 'not_allowed' };
  // What was said while it ran, or of an end that turned out to be another one, is over now.
  const { input: _input, contactLost: _contact, statusMessage: _said, failure: _failure, ...rest } = task;
  const { cancelAnswer } = ending;
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
      ...(cancelAnswer === undefined ? {} : { cancel: { ...task.cancel, answer: cancelAnswer } }),
      // A truth that turns up late is told again, in the message that told what was known before.
      ...(task.status === 'lost' && task.delivery.state === 'delivered'
        ? { delivery: { ...task.delivery, state: 'pending' } }
        : {}),
      ...(result === undefined ? {} : { result }),
      ...(ending.failure === undefined ? {} : { failure: ending.failure }),
    },
  };
}

/** A task asks while any question is open. */
const asking = (input: readonly Question[]): Pick<Marker, 'status' | 'input'> =>
  input.length > 0 ? { status: 'input_required', input } : { status: 'working', input: undefined };

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
