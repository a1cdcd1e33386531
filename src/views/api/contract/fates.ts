import type { StopPlan } from './types.ts';

export type Fate = StopPlan['tasks'][number]['fate'];

/** What a stop does to work, worst first. */
export const FATES: readonly { readonly fate: Fate; readonly words: string }[] = [
  { fate: 'interrupted', words: 'Ends with Meanwhile' },
  { fate: 'lost', words: 'May go on, its end cannot be told' },
  { fate: 'reattached', words: 'Goes on elsewhere and is found again' },
];

/** How many tasks and calls a stop would cut off. */
export const cutOffBy = ({ tasks, calls }: Pick<StopPlan, 'tasks' | 'calls'>): number =>
  calls + tasks.filter(({ fate }) => fate !== 'reattached').length;
