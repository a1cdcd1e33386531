import type { TaskPage } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { loadBoard, queryOf } from '../client/load-board.ts';
import { loadRestart } from '../client/load-restart.ts';
import type { TaskFilter } from '../client/task-filter.ts';
import { EXIT } from '../exit-status.ts';
import { boardLines, boardOf } from '../render/board.ts';
import { PUT_AWAY, restartLine } from '../render/restart-line.ts';
import { taskRows } from '../render/task-rows.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

export interface TasksOptions extends TaskFilter {
  readonly json?: boolean;
  readonly watch?: boolean;
  /** 1 to 200. */
  readonly limit: number;
}

/** The tasks once: a table on a terminal, tab-separated rows in a pipe, one page as the API sends it with --json. */
export async function tasks(shell: Shell, options: TasksOptions): Promise<number> {
  const { json, limit, statuses, session, server, words } = options;
  const filter = { statuses, session, server, words } as TaskFilter;
  const host = await findHost(shell.env);
  const { stdout } = shell;
  if (json) {
    const { text } = await ask<TaskPage>(host, '/api/tasks', { query: { ...queryOf(filter), limit } });
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  const [{ tasks, more }, restart] = await Promise.all([loadBoard(host, filter, limit), loadRestart(host)]);
  if (restart !== null) writeLines(shell.stderr, [`${restartLine(restart, Date.now())} ${PUT_AWAY}`]);
  const board = boardOf(tasks);
  if (!stdout.interactive) {
    writeLines(stdout, taskRows([...board.active, ...board.ended], Date.now()));
    return EXIT.ok;
  }
  const frame = { columns: stdout.columns, now: Date.now(), step: 0, paint: stdout.paint };
  writeLines(stdout, boardLines(board, frame, { filter }));
  if (more)
    writeLines(stdout, [stdout.paint(`Only the newest ${limit} that ended; --limit shows more.`, 'dim')]);
  return EXIT.ok;
}
