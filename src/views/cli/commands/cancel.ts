import { setTimeout as wait } from 'node:timers/promises';
import type { Task } from '../../../task/task.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { followTask } from '../client/follow-task.ts';
import { requestCancel } from '../client/request-cancel.ts';
import { resolveTaskId } from '../client/resolve-task-id.ts';
import { EXIT } from '../exit-status.ts';
import { endLine } from '../render/follow-lines.ts';
import { shortId } from '../render/short-id.ts';
import { isActive } from '../render/status-look.ts';
import type { Shell } from '../terminal/shell.ts';
import { endByForce } from './end-by-force.ts';

/** How long we wait for the work to say that it has stopped. */
const PATIENCE_MS = 5_000;

/** Asks a task to stop, and says what came of it as far as it shows within a few seconds. */
export async function cancel(
  shell: Shell,
  idText: string,
  options: { force?: boolean; alsoEndsOthers?: boolean; json?: boolean },
): Promise<number> {
  const find = () => findHost(shell.env);
  const host = await find();
  const id = await resolveTaskId(host, idText);
  const asked = options.force
    ? await endByForce(shell, host, id, options.alsoEndsOthers ?? false)
    : await requestCancel(host, id);
  if (asked === undefined) return EXIT.interrupted;
  const { text, body } = asked;
  const { stdout } = shell;
  if (options.json) {
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  const task = await untilEnded(shell, find, body);
  if (isActive(task)) {
    stdout.write(
      `Asked to stop; it has not stopped yet. \`meanwhile task ${shortId(id)} --follow\` shows when.\n`,
    );
  } else stdout.write(`${endLine(task, { paint: stdout.paint, now: Date.now() })}\n`);
  return EXIT.ok;
}

async function untilEnded(shell: Shell, find: () => Promise<Host>, start: Task): Promise<Task> {
  const stop = new AbortController();
  const patience = wait(PATIENCE_MS, undefined, { signal: stop.signal }).then(
    () => stop.abort(),
    () => {},
  );
  const undo = shell.onInterrupt(() => stop.abort());
  try {
    return await followTask(find, start, { changed() {}, connection() {} }, stop.signal);
  } finally {
    stop.abort();
    undo();
    await patience;
  }
}
