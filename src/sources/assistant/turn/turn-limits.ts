import type { TurnStep } from '../../../store/records.ts';
import type { Limits } from '../models/models-file.ts';

/** What the steps of a turn have taken so far. */
export interface Spent {
  readonly outputTokens: number;
  readonly cost: number;
}

export const NOTHING_SPENT: Spent = { outputTokens: 0, cost: 0 };

export const spentWith = (before: Spent, { usage }: TurnStep): Spent => ({
  outputTokens: before.outputTokens + (usage?.outputTokens ?? 0),
  cost: before.cost + (usage?.cost ?? 0),
});

/** Why a turn may take no other step, in words; a person may let it go on. */
export function limitReached(step: number, spent: Spent, limits: Limits): TurnStep['error'] {
  if (step >= limits.steps)
    return { code: 'limit_steps', message: `This turn has taken ${step} steps, its limit.` };
  if (limits.outputTokens !== undefined && spent.outputTokens >= limits.outputTokens)
    return {
      code: 'limit_tokens',
      message: `This turn has written ${spent.outputTokens} tokens; its limit is ${limits.outputTokens}.`,
    };
  if (limits.cost !== undefined && spent.cost >= limits.cost)
    return {
      code: 'limit_cost',
      message: `This turn has cost ${spent.cost.toFixed(4)}; its limit is ${limits.cost}.`,
    };
  return undefined;
}
