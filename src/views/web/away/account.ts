import type { Assignment, Session, Task } from '../data/types.ts';
import { isActive } from '../task/view.ts';

/* What happened while nobody looked. Pure. */

export type Outcome = 'failed' | 'lost' | 'completed' | 'cancelled';

export interface AwayAccount {
  /** By outcome, what went wrong first; each newest first. */
  readonly ended: readonly { readonly outcome: Outcome; readonly tasks: readonly Task[] }[];
  readonly needs: readonly Task[];
  /** Chats in which the assistant waits for a yes. */
  readonly asking: readonly Session[];
  readonly running: readonly Task[];
  /** Assignments that were turned off because they failed too often. */
  readonly disabled: readonly Assignment[];
  /** What fires next, the soonest first. */
  readonly next: readonly Assignment[];
}

const ORDER: readonly Outcome[] = ['failed', 'lost', 'completed', 'cancelled'];
const NEXT_SHOWN = 3;

/** Parts of other tasks are told with the whole. */
export function accountOf(
  tasks: readonly Task[],
  assignments: readonly Assignment[],
  asking: readonly Session[],
  sinceMs: number,
): AwayAccount {
  const whole = tasks.filter(({ parentId }) => parentId === undefined);
  const ended = whole
    .filter((task) => !isActive(task) && endOf(task) >= sinceMs)
    .sort((a, b) => endOf(b) - endOf(a));
  const active = whole.filter(isActive).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return {
    ended: ORDER.flatMap((outcome) => {
      const found = ended.filter(({ status }) => status === outcome);
      return found.length === 0 ? [] : [{ outcome, tasks: found }];
    }),
    // A part may ask as well, and nobody else would be told.
    needs: tasks.filter(({ status }) => status === 'input_required'),
    asking,
    running: active.filter(({ status }) => status !== 'input_required'),
    disabled: assignments.filter(({ state }) => state === 'disabled'),
    next: assignments
      .filter(({ state, nextDueAt }) => state === 'on' && nextDueAt !== undefined)
      .sort((a, b) => ((a.nextDueAt ?? '') < (b.nextDueAt ?? '') ? -1 : 1))
      .slice(0, NEXT_SHOWN),
  };
}

/** Of what was lost, only the last sign of life is known. */
const endOf = ({ endedAt, aliveAt }: Task): number => Date.parse(endedAt ?? aliveAt);

/** What is planned is no news by itself. */
export const isNews = ({ ended, needs, asking, running, disabled }: AwayAccount): boolean =>
  ended.length + needs.length + asking.length + running.length + disabled.length > 0;
