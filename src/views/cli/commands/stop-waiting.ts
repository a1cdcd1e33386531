import type { Task } from '../../../task/task.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { resolveTaskId } from '../client/resolve-task-id.ts';
import { EXIT } from '../exit-status.ts';
import { endLine } from '../render/follow-lines.ts';
import type { Shell } from '../terminal/shell.ts';

/** Ends the waiting, not the work. @throws {AppError} `already_ended` */
export async function stopWaiting(
  shell: Shell,
  idText: string,
  { json = false }: { json?: boolean },
): Promise<number> {
  const host = await findHost(shell.env);
  const id = await resolveTaskId(host, idText);
  const path = `/api/tasks/${encodeURIComponent(id)}/stop-waiting`;
  const { text, body } = await ask<Task>(host, path, { method: 'POST' });
  const { stdout } = shell;
  if (json) stdout.write(`${text.trimEnd()}\n`);
  else {
    stdout.write(`${endLine(body, { paint: stdout.paint, now: Date.now() })}\n`);
    stdout.write('The work itself goes on. Should its end turn up, it is told.\n');
  }
  return EXIT.ok;
}
