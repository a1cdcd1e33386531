import type { Task } from '../../../task/task.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { getTask } from '../client/follow-task.ts';
import { logPage, readLog } from '../client/pump-log.ts';
import { resolveTaskId } from '../client/resolve-task-id.ts';
import { EXIT } from '../exit-status.ts';
import { taskDetails } from '../render/task-details.ts';
import type { Shell } from '../terminal/shell.ts';
import { logText } from '../terminal/task-display.ts';
import { writeResult } from '../terminal/write-result.ts';
import { writeLines } from '../terminal/write-text.ts';
import { followToEnd } from './follow-to-end.ts';

export interface TaskOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly log?: boolean;
}

/** One task: what is known of it and its result, its log, or live until it has ended. */
export async function task(shell: Shell, idText: string, options: TaskOptions): Promise<number> {
  const host = await findHost(shell.env);
  const id = await resolveTaskId(host, idText);
  if (options.log && !options.follow) return writeLog(shell, host, id, options.json ?? false);
  const { text, body } = await getTask(host, id);
  if (options.follow) {
    if (options.json) shell.stdout.write(`${text.trimEnd()}\n`);
    return followToEnd(shell, body, options.json ?? false);
  }
  if (options.json) shell.stdout.write(`${text.trimEnd()}\n`);
  else await describe(shell, host, body);
  return EXIT.ok;
}

async function describe(shell: Shell, host: Host, body: Task): Promise<void> {
  const { stdout } = shell;
  writeLines(
    stdout,
    taskDetails(body, { columns: stdout.columns, now: Date.now(), step: 0, paint: stdout.paint }),
  );
  if (!body.result) return;
  stdout.write('\n');
  await writeResult(shell, host, body, false);
}

async function writeLog(shell: Shell, host: Host, id: string, json: boolean): Promise<number> {
  if (json) {
    for (let after = 0, count = 1; count > 0; ) {
      const { text, body } = await logPage(host, id, after);
      count = body.entries.length;
      if (count > 0 || after === 0) shell.stdout.write(`${text.trimEnd()}\n`);
      after = body.nextAfter;
    }
    return EXIT.ok;
  }
  let empty = true;
  for await (const entries of readLog(host, id, 0)) {
    empty = false;
    writeLines(
      shell.stdout,
      entries.map((entry) => `${entry.at} ${entry.kind.padEnd(8)} ${logText(entry)}`),
    );
  }
  if (empty) shell.stderr.write('Nothing was logged.\n');
  return EXIT.ok;
}
