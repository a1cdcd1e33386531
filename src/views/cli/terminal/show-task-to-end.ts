import type { Task } from '../../../task/task.ts';
import type { Host } from '../client/find-host.ts';
import { followTask } from '../client/follow-task.ts';
import { pumpLog } from '../client/pump-log.ts';
import { questionAsker } from '../questions/question-asker.ts';
import type { Shell } from './shell.ts';
import { type TaskDisplay, taskDisplay } from './task-display.ts';

export interface ShowOptions {
  readonly find: () => Promise<Host>;
  readonly signal: AbortSignal;
  /** Show nothing but notes. */
  readonly silent: boolean;
  /** Show log entries with a higher number. */
  readonly logAfter: number;
  /** Given each change as the API sent it. */
  readonly changed?: (text: string) => void;
  /** Handed the display, for notes of the command's own. */
  readonly opened?: (display: TaskDisplay) => void;
}

/** Shows a task on stderr until it has ended or the signal says stop. What it asks is asked on the terminal. */
export async function showTaskToEnd(shell: Shell, start: Task, options: ShowOptions): Promise<Task> {
  const { find, signal, silent, logAfter } = options;
  const display = taskDisplay(shell, silent);
  options.opened?.(display);
  display.task(start);
  const asker = silent ? undefined : questionAsker(shell, find, display);
  asker?.saw(start);
  const log = silent ? undefined : pumpLog(find, start.id, logAfter, display.log);
  try {
    const listener = {
      changed(task: Task, text: string) {
        display.task(task);
        asker?.saw(task);
        options.changed?.(text);
      },
      connection: display.connection,
    };
    return await followTask(find, start, listener, signal);
  } finally {
    await asker?.close();
    await log?.finish();
    display.close();
  }
}
