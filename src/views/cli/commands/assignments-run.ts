import type { Run } from '../../../assignment/run.ts';
import type { RunStarted } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { followRun, isRunActive } from '../client/follow-run.ts';
import { getTask } from '../client/follow-task.ts';
import { assignmentPath, resolveAssignmentId } from '../client/resolve-assignment-id.ts';
import { EXIT } from '../exit-status.ts';
import { oneLine } from '../render/plain-text.ts';
import type { Shell } from '../terminal/shell.ts';
import { followToEnd } from './follow-to-end.ts';

/** Fires an assignment now; with --follow stays until the run has ended, and exits by its outcome. */
export async function runAssignment(
  shell: Shell,
  idText: string,
  { follow = false, json = false }: { follow?: boolean; json?: boolean },
): Promise<number> {
  const host = await findHost(shell.env);
  const id = await resolveAssignmentId(host, idText);
  const { text, body } = await ask<RunStarted>(host, assignmentPath(id, '/run'), { method: 'POST' });
  if (json) shell.stdout.write(`${text.trimEnd()}\n`);
  if (!follow) {
    if (!json) shell.stdout.write(`${body.run.id}\n`);
    return EXIT.ok;
  }
  return followToItsEnd(shell, body.run as Run, json);
}

async function followToItsEnd(shell: Shell, start: Run, json: boolean): Promise<number> {
  const find = () => findHost(shell.env);
  const run = await leaving(shell, (signal) =>
    followRun(find, start, ({ taskId }) => taskId !== undefined, signal),
  );
  if (run.taskId !== undefined)
    return followToEnd(shell, (await getTask(await find(), run.taskId)).body, json);
  if (isRunActive(run)) {
    shell.stderr.write('It waits for its turn; `meanwhile tasks` shows it once it runs.\n');
    return EXIT.interrupted;
  }
  // It ended before it began: skipped, or refused.
  shell.stderr.write(`It was ${run.state}${run.note === undefined ? '' : `: ${oneLine(run.note)}`}\n`);
  return run.state === 'completed' ? EXIT.ok : EXIT.failed;
}

/** Ctrl-C ends the watching, not the run. */
async function leaving<T>(shell: Shell, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const undo = shell.onInterrupt(() => stop.abort());
  try {
    return await work(stop.signal);
  } finally {
    undo();
  }
}
