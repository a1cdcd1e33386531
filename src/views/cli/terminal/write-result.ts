import { AppError } from '../../../base/errors.ts';
import type { Task } from '../../../task/task.ts';
import type { TaskResultBody } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import type { Host } from '../client/find-host.ts';
import { resultText } from '../render/result-text.ts';
import type { Shell } from './shell.ts';
import { writeText } from './write-text.ts';

/** The whole result of an ended task on stdout; nothing where there is none. */
export async function writeResult(shell: Shell, host: Host, task: Task, json: boolean): Promise<void> {
  if (!task.result) return;
  try {
    const path = `/api/tasks/${encodeURIComponent(task.id)}/result`;
    const { text, body } = await ask<TaskResultBody>(host, path);
    if (json) shell.stdout.write(`${text.trimEnd()}\n`);
    else writeText(shell.stdout, resultText(body.content));
  } catch (error) {
    // Only the preview may be left of an old result.
    if (!(error instanceof AppError) || error.code !== 'result_not_found') throw error;
    if (!json) writeText(shell.stdout, task.result.preview);
  }
}
