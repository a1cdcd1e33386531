import type { Task } from '../../../task/task.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT, exitStatusOfTask } from '../exit-status.ts';
import { endLine } from '../render/follow-lines.ts';
import { oneLine } from '../render/plain-text.ts';
import { shortId } from '../render/short-id.ts';
import { isActive } from '../render/status-look.ts';
import type { Shell } from '../terminal/shell.ts';
import { showTaskToEnd } from '../terminal/show-task-to-end.ts';
import { writeResult } from '../terminal/write-result.ts';

/** Follows a task that others started. Ctrl-C ends the watching, not the work. */
export async function followToEnd(shell: Shell, start: Task, json: boolean): Promise<number> {
  const find = () => findHost(shell.env);
  const stop = new AbortController();
  const undo = shell.onInterrupt(() => stop.abort());
  const { stderr } = shell;
  try {
    if (!json) stderr.write(`${stderr.paint(oneLine(start.title), 'bold')}\n`);
    const task = await showTaskToEnd(shell, start, {
      find,
      signal: stop.signal,
      silent: json,
      logAfter: 0,
      ...(json ? { changed: (text) => shell.stdout.write(`${text}\n`) } : {}),
    });
    if (isActive(task)) {
      stderr.write(`It goes on. \`meanwhile cancel ${shortId(task.id)}\` asks it to stop.\n`);
      return EXIT.interrupted;
    }
    if (!json) stderr.write(`${endLine(task, { paint: stderr.paint, now: Date.now() })}\n`);
    if (!json) await writeResult(shell, await find(), task, false);
    return exitStatusOfTask(task);
  } finally {
    undo();
  }
}
