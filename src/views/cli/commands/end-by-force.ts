import type { Task } from '../../../task/task.ts';
import type { Answer } from '../client/ask.ts';
import type { Host } from '../client/find-host.ts';
import { requestCancel } from '../client/request-cancel.ts';
import type { Shell } from '../terminal/shell.ts';
import { namingOthers } from './naming-others.ts';

/**
 * Ends the processes of a task's server, naming first what else that ends.
 * @returns undefined when the person keeps it
 * @throws {AppError} `would_end_others`, naming them
 */
export const endByForce = (
  shell: Shell,
  host: Host,
  id: string,
  alsoEndsOthers: boolean,
): Promise<Answer<Task> | undefined> =>
  namingOthers(shell, {
    alsoEndsOthers,
    heading: 'Its server also runs, and would end with it:',
    question: (others) => `End all ${others + 1}?`,
    send: (alsoEnds) => requestCancel(host, id, { force: true, alsoEnds }),
  });
