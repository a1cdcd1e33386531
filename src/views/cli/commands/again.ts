import type { CallAnswer } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { getTask } from '../client/follow-task.ts';
import { resolveTaskId } from '../client/resolve-task-id.ts';
import { EXIT } from '../exit-status.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Shell } from '../terminal/shell.ts';
import { callInterrupts } from './interrupts.ts';
import { showCall } from './show-call.ts';

/**
 * Makes the call of a task once more and follows it. Where the tool does not say that twice does no harm, a person
 * at a terminal is asked first; a script has said what it wants.
 * @throws {AppError} `arguments_not_kept`, and what a call throws
 */
export async function again(
  shell: Shell,
  idText: string,
  options: { readonly detach?: boolean; readonly json?: boolean },
): Promise<number> {
  const host = await findHost(shell.env);
  const id = await resolveTaskId(host, idText);
  const { body: task } = await getTask(host, id);
  if (task.source.safeToRepeat !== true) {
    const why = 'The tool does not say that doing it twice does no harm, so it may do its work twice.';
    if (!(await confirm(shell, `${why} Run it again?`, true))) return EXIT.interrupted;
  }
  const interrupts = callInterrupts(shell);
  try {
    const path = `/api/tasks/${encodeURIComponent(id)}/run-again`;
    const asked = ask<CallAnswer>(host, path, { method: 'POST', signal: interrupts.leave });
    const answer = await asked.catch((error) => {
      if (interrupts.leave.aborted) return undefined;
      throw error;
    });
    return answer === undefined ? EXIT.interrupted : await showCall(shell, answer, options, interrupts);
  } finally {
    interrupts.close();
  }
}
