import type { Clock } from '../../../base/clock.ts';
import type { Ending } from '../../../task/report.ts';
import type { CancelAnswer } from '../../../task/task.ts';
import type { Tracker } from '../../../tracker/tracker.ts';
import type { CallObserver } from '../drivers/driver.ts';
import type { TimeLimits } from './time-limits.ts';
import type { Seen } from './tool-records.ts';

/** Turns what is heard of work into reports on the task it has become. */
export interface TaskObserver extends CallObserver {
  seen(ending: Ending): Seen;
}

export function taskObserver(parts: {
  taskId: string;
  tracker: Tracker;
  clock: Clock;
  limits: Pick<TimeLimits, 'sign' | 'hold'>;
  /** Whether a handle is on disk already. */
  handled: boolean;
}): TaskObserver {
  const { taskId, tracker, clock, limits } = parts;
  const open = new Set<string>((tracker.current(taskId)?.input ?? []).map(({ key }) => key));
  let { handled } = parts;
  let progress = false;
  let totals = false;
  let asked = false;
  let ignored: { answer: CancelAnswer; ms: number } | undefined;
  limits.hold(open.size > 0);

  const sinceAsked = () => {
    const at = tracker.current(taskId)?.cancel.requestedAt;
    return at === undefined ? undefined : Math.max(0, clock.now() - Date.parse(at));
  };
  const ignore = () => {};
  const closed = (key: string) => {
    open.delete(key);
    limits.hold(open.size > 0);
  };

  return {
    progress(next) {
      limits.sign();
      progress = true;
      totals ||= next.total !== undefined;
      void tracker.note({ type: 'progressed', taskId, progress: next });
    },
    log(lines) {
      limits.sign();
      void tracker.note({ type: 'logged', taskId, lines });
      void tracker.note({ type: 'alive', taskId });
    },
    told(message) {
      limits.sign();
      progress = true;
      void tracker.note({ type: 'told', taskId, message });
    },
    async handle(handle) {
      const durably = handle === null || !handled;
      handled = handle !== null;
      await tracker.note({ type: 'handled', taskId, handle, ...(durably ? { durably } : {}) });
    },
    keep: (handle) => void tracker.note({ type: 'handled', taskId, handle }),
    async asked(question, handle) {
      open.add(question.key);
      asked = true;
      limits.hold(true);
      if (handle !== undefined) handled = true;
      await tracker.note({ type: 'asked', taskId, question, handle });
    },
    standing: () => [...open],
    answered(key, action) {
      closed(key);
      void tracker.note({ type: 'answered', taskId, key, action }).catch(ignore);
    },
    withdrawn(key, why) {
      closed(key);
      void tracker.note({ type: 'withdrawn', taskId, key, why }).catch(ignore);
    },
    contactLost: (note) => void tracker.note({ type: 'contact_lost', taskId, note }),
    contactBack() {
      limits.sign();
      void tracker.note({ type: 'contact_back', taskId });
    },
    cancelNoted(answer, note) {
      const ms = sinceAsked();
      if (answer === 'ignored' && ms !== undefined) ignored = { answer, ms };
      if (tracker.current(taskId)?.cancel.note !== note)
        void tracker.note({ type: 'cancel_noted', taskId, answer, note }).catch(ignore);
    },
    corrected: (ending) => void tracker.note({ type: 'ended', taskId, ending }).catch(ignore),
    seen(ending) {
      const ms = sinceAsked();
      const answer = ending.cancelAnswer;
      const cancel = answer === undefined || ms === undefined ? ignored : { answer, ms };
      return { progress, totals, asked, ...(cancel === undefined ? {} : { cancel }) };
    },
  };
}
