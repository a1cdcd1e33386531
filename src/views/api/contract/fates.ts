import type { StopPlan } from './types.ts';

export type Fate = StopPlan['tasks'][number]['fate'];

/** What a stop does to work, worst first. */
export const FATES: readonly { readonly fate: Fate; readonly words: string }[] = [
  { fate: 'interrupted', words: 'Ends with Meanwhile' },
  { fate: 'lost', words: 'May go on, its end cannot be told' },
  { fate: 'reattached', words: 'Goes on elsewhere and is found again' },
];

/** How many tasks, calls and turns a stop would cut off. */
export const cutOffBy = ({ tasks, calls, turns = 0 }: Pick<StopPlan, 'tasks' | 'calls' | 'turns'>): number =>
  calls + turns + tasks.filter(({ fate }) => fate !== 'reattached').length;
