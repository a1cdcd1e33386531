import { AppError } from '../../../base/errors.ts';
import { findHost } from '../client/find-host.ts';
import { getTask } from '../client/follow-task.ts';
import { requestCancel } from '../client/request-cancel.ts';
import { EXIT, exitStatusOfTask } from '../exit-status.ts';
import { endLine } from '../render/follow-lines.ts';
import { shortId } from '../render/short-id.ts';
import { isActive } from '../render/status-look.ts';
import type { Shell } from '../terminal/shell.ts';
import { showTaskToEnd } from '../terminal/show-task-to-end.ts';
import { writeResult } from '../terminal/write-result.ts';
import type { CallInterrupts } from './interrupts.ts';

/** Follows the task that a call of ours became; the first Ctrl-C asks it to stop, the second leaves it. */
export async function followCall(
  shell: Shell,
  taskId: string,
  json: boolean,
  interrupts: CallInterrupts,
): Promise<number> {
  const { stdout, stderr } = shell;
  const find = () => findHost(shell.env);
  const sayOnStderr = interrupts.say;
  const askToStop = () => void stopTask(shell, taskId, interrupts);
  if (interrupts.stop.aborted) askToStop();
  else interrupts.stop.addEventListener('abort', askToStop, { once: true });

  const { body } = await getTask(await find(), taskId);
  if (!json && isActive(body))
    stderr.write(`${stderr.paint(`It runs as task ${shortId(taskId)}.`, 'dim')}\n`);
  const task = await showTaskToEnd(shell, body, {
    find,
    silent: json,
    signal: interrupts.leave,
    logAfter: 0,
    opened: (display) => {
      interrupts.say = display.note;
    },
  });
  interrupts.say = sayOnStderr;
  if (isActive(task)) {
    stderr.write(
      `It goes on as task ${shortId(taskId)}. \`meanwhile task ${shortId(taskId)} --follow\` shows it.\n`,
    );
    return EXIT.interrupted;
  }
  if (json) stdout.write(`${(await getTask(await find(), taskId)).text.trimEnd()}\n`);
  else stderr.write(`${endLine(task, { paint: stderr.paint, now: Date.now() })}\n`);
  await writeResult(shell, await find(), task, json);
  return task.status === 'cancelled' && interrupts.stop.aborted ? EXIT.interrupted : exitStatusOfTask(task);
}

async function stopTask(shell: Shell, taskId: string, interrupts: CallInterrupts): Promise<void> {
  try {
    await requestCancel(await findHost(shell.env), taskId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'already_ended') return;
    const why = error instanceof AppError ? error.detail : String(error);
    interrupts.say(`${why} Ctrl-C again leaves it running.`);
  }
}
