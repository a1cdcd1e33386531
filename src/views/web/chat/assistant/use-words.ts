import type { CallPart, UsePart } from '../../data/types.ts';
import type { Look } from '../../task/view.ts';

/** The server under whose name the tools of Meanwhile itself are known. */
const OWN = 'meanwhile';

const OWN_TOOLS: Readonly<Record<string, string>> = {
  list_tasks: 'Looked at the tasks',
  show_task: 'Looked at a task',
  cancel_task: 'Asked a task to stop',
  add_follow_up: 'Noted what follows from a task',
  list_assignments: 'Looked at the assignments',
  show_assignment: 'Looked at an assignment',
  create_assignment: 'Drafted an assignment',
  change_assignment: 'Drafted a change of an assignment',
  pause_assignment: 'Paused an assignment, or let it go on',
  delete_assignment: 'Deleted an assignment',
  run_assignment: 'Ran an assignment',
};

type Tool = Pick<UsePart, 'server' | 'tool'>;

export const isOwnTool = ({ server }: Tool): boolean => server === OWN;

/** `server.tool`; of the tools of Meanwhile itself, the name alone. */
export const toolName = ({ server, tool }: Tool): string =>
  server === OWN ? tool.replaceAll('_', ' ') : `${server}.${tool}`;

/** What a row is called: of the tools of Meanwhile itself, what they did once they did it. */
export function titleOfUse(use: UsePart): string {
  const did = isOwnTool(use) && use.state === 'answered' && use.told?.isError !== true;
  return (did ? OWN_TOOLS[use.tool] : undefined) ?? toolName(use);
}

export interface UseStand {
  readonly look: Look;
  readonly word: string;
}

/** How a use stands, where it is no task. `turnOver`: its turn does not go on. */
export function standOf(
  use: UsePart,
  call: CallPart | undefined,
  approval: 'open' | 'allowed' | 'declined' | undefined,
  turnOver: boolean,
): UseStand {
  if (approval === 'declined') return { look: 'cancelled', word: 'declined' };
  if (approval === 'open') return { look: 'needs', word: 'waits for you' };
  if (use.state === 'answered')
    return use.told?.isError === true && call?.state !== 'completed'
      ? { look: 'bad', word: 'failed' }
      : { look: 'good', word: 'completed' };
  if (turnOver) return { look: 'cancelled', word: 'not done' };
  return { look: 'running', word: use.state === 'asked' ? 'about to run' : 'running' };
}
