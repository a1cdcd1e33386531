import { FATES } from '../../api/contract/fates.ts';
import type { StopPlan } from '../../api/contract/types.ts';
import { oneLine } from './plain-text.ts';
import { shortId } from './short-id.ts';

/** So many tasks of a kind are named; the rest is counted. */
const NAMED = 10;

/** What a stop does to each running task, by fate, worst first. */
export function stopPlanLines({
  tasks,
  calls,
  turns = 0,
}: Pick<StopPlan, 'tasks' | 'calls' | 'turns'>): string[] {
  const groups = FATES.flatMap(({ fate, words }) => {
    const these = tasks.filter((task) => task.fate === fate);
    if (these.length === 0) return [];
    return [
      `${words}:`,
      ...these.slice(0, NAMED).map(({ id, title }) => `  ${oneLine(title)} (${shortId(id)})`),
      ...(these.length > NAMED ? [`  … and ${these.length - NAMED} more`] : []),
    ];
  });
  return [
    ...groups,
    ...(turns === 0
      ? []
      : [
          `The assistant is answering in ${turns === 1 ? 'one chat' : `${turns} chats`}; that can be continued.`,
        ]),
    ...(calls === 0
      ? []
      : [`${calls === 1 ? 'One short call is' : `${calls} short calls are`} under way too.`]),
  ];
}
