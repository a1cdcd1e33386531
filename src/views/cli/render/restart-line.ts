import { RESTART_GROUPS, RESTART_WORDS, restartGroup } from '../../api/contract/restart-groups.ts';
import type { Restart } from '../../api/contract/types.ts';
import { roughly } from './duration.ts';

/** Where the account is put away. */
export const PUT_AWAY = 'The page Tasks has them one by one, and puts this away.';

/** A restart and what it did to the work, in one line. */
export function restartLine({ how, stoppedAt, restarts, tasks, more, calls }: Restart, now: number): string {
  const age = roughly(Math.max(0, now - Date.parse(stoppedAt)));
  const what = how === 'killed' ? 'ended without being stopped' : 'was stopped';
  const often = restarts > 1 ? ` (${restarts} restarts in all)` : '';
  const counts = RESTART_GROUPS.flatMap((group) => {
    const count = tasks.filter(({ task }) => restartGroup(task) === group).length;
    return count === 0 ? [] : [`${count} ${RESTART_WORDS[group]}`];
  });
  if (more > 0) counts.push(`${more} older`);
  if (calls > 0) counts.push(`${calls} ${calls === 1 ? 'short call' : 'short calls'} cut off`);
  return `Meanwhile ${what} ${age} ago${often}: ${counts.join(', ')}.`;
}
