import { FATES } from '../../api/contract/fates.ts';
import type { StopPlan } from '../../api/contract/types.ts';
import { oneLine } from './plain-text.ts';
import { shortId } from './short-id.ts';

/** So many tasks of a kind are named; the rest is counted. */
const NAMED = 10;

/** What a stop does to each running task, by fate, worst first. */
export function stopPlanLines({ tasks, calls }: Pick<StopPlan, 'tasks' | 'calls'>): string[] {
  const groups = FATES.flatMap(({ fate, words }) => {
    const these = tasks.filter((task) => task.fate === fate);
    if (these.length === 0) return [];
    return [
      `${words}:`,
      ...these.slice(0, NAMED).map(({ id, title }) => `  ${oneLine(title)} (${shortId(id)})`),
      ...(these.length > NAMED ? [`  … and ${these.length - NAMED} more`] : []),
    ];
  });
  if (calls === 0) return groups;
  return [...groups, `${calls === 1 ? 'One short call is' : `${calls} short calls are`} under way too.`];
}
