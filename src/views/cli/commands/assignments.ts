import type { Assignment } from '../../../assignment/assignment.ts';
import { triggerWords } from '../../../assignment/trigger-words.ts';
import type { AssignmentPage } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import { assignmentTable } from '../render/assignment-table.ts';
import { oneLine } from '../render/plain-text.ts';
import { runStrip } from '../render/run-look.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

export interface AssignmentsOptions {
  readonly json?: boolean;
  readonly q?: string;
  /** 1 to 200. */
  readonly limit?: number;
}

/** What is to be done later: a table on a terminal, tab-separated rows in a pipe, a page of the API with --json. */
export async function assignments(
  shell: Shell,
  { json, q, limit = 50 }: AssignmentsOptions,
): Promise<number> {
  const { stdout } = shell;
  const host = await findHost(shell.env);
  const { text, body } = await ask<AssignmentPage>(host, '/api/assignments', { query: { q, limit } });
  if (json) {
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  const list = body.assignments as readonly Assignment[];
  if (list.length === 0) {
    if (q === undefined)
      stdout.write(
        'Nothing is to be done later. `meanwhile assignments add --at "every weekday at 9:00" -- …` does.\n',
      );
    return EXIT.ok;
  }
  writeLines(stdout, stdout.interactive ? assignmentTable(list, stdout, Date.now()) : list.map(plainRow));
  if (stdout.interactive && body.nextCursor !== null)
    writeLines(stdout, [stdout.paint(`Only the newest ${limit}; --limit shows more.`, 'dim')]);
  return EXIT.ok;
}

/** For programs: the whole id and times, and the state in a column of its own. */
function plainRow({ id, title, trigger, state, nextDueAt, lastRun, strip }: Assignment): string {
  const cells = [
    id,
    state,
    title,
    triggerWords(trigger),
    nextDueAt ?? '',
    lastRun?.state ?? '',
    runStrip(strip),
  ];
  return cells.map(oneLine).join('\t');
}
