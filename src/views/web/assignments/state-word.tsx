import { CircleAlert, CircleCheck, type LucideIcon, Pause, Zap } from 'lucide-react';
import type { AssignmentState } from '../data/types.ts';
import { cx } from '../ui/class-names.ts';

const STATES: Readonly<Record<AssignmentState, readonly [string, LucideIcon, string]>> = {
  on: ['On', Zap, 'bg-accent-soft text-accent-ink'],
  paused: ['Paused', Pause, 'bg-idle-soft text-idle'],
  disabled: ['Turned off', CircleAlert, 'bg-bad-soft text-bad'],
  done: ['Done', CircleCheck, 'bg-idle-soft text-idle'],
  removed: ['Deleted', CircleAlert, 'bg-idle-soft text-idle'],
};

export const stateWords = (state: AssignmentState): string => STATES[state][0];

/** Whether it fires, as a pill. */
export function StateWord({ state }: { readonly state: AssignmentState }) {
  const [word, Icon, colours] = STATES[state];
  return (
    <span
      className={cx(
        'inline-flex shrink-0 items-center gap-1 rounded-full py-0.5 pr-2 pl-1.5 text-xs font-medium',
        colours,
      )}
    >
      <Icon className="size-3" strokeWidth={2.5} aria-hidden />
      {word}
    </span>
  );
}
