import { Clock, SkipForward } from 'lucide-react';
import type { RunState } from '../data/types.ts';
import { LOOK_GROUND, LOOK_TEXT, StatusIcon } from '../task/status-icon.tsx';
import type { Look } from '../task/view.ts';
import { cx } from '../ui/class-names.ts';

/* How runs look: as their tasks do, with shapes of their own for those that wait and those that did not run. */

const LOOKS: Readonly<Record<Exclude<RunState, 'waiting' | 'skipped'>, Look>> = {
  running: 'running',
  completed: 'good',
  failed: 'bad',
  cancelled: 'cancelled',
  lost: 'lost',
};

export const RUN_WORDS: Readonly<Record<RunState, string>> = {
  waiting: 'Waiting',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  lost: 'Lost',
  skipped: 'Skipped',
};

const lookOfRun = (state: RunState): Look =>
  state === 'waiting' || state === 'skipped' ? 'cancelled' : LOOKS[state];

export const runText = (state: RunState): string => LOOK_TEXT[lookOfRun(state)];
export const runGround = (state: RunState): string => LOOK_GROUND[lookOfRun(state)];

/** Silent: the word stands beside it. */
export function RunIcon({ state, className }: { readonly state: RunState; readonly className?: string }) {
  if (state !== 'waiting' && state !== 'skipped')
    return <StatusIcon look={LOOKS[state]} {...(className !== undefined && { className })} />;
  const Icon = state === 'waiting' ? Clock : SkipForward;
  return (
    <span
      aria-hidden
      className={cx('inline-grid size-[1.125rem] shrink-0 place-items-center text-idle', className)}
    >
      <Icon className="size-4" strokeWidth={2} />
    </span>
  );
}
