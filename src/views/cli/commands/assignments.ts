import type { Assignment } from '../../../assignment/assignment.ts';
import { triggerWords } from '../../../assignment/trigger-words.ts';
import type { AssignmentPage } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import { roughly } from '../render/duration.ts';
import { plainTable } from '../render/plain-table.ts';
import { runStrip } from '../render/run-look.ts';
import { shortId } from '../render/short-id.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

export interface AssignmentsOptions {
  readonly json?: boolean;
  readonly q?: string;
  /** 1 to 200. */
  readonly limit?: number;
}

const NAMES = ['ID', 'TITLE', 'WHEN', 'NEXT', 'LAST', 'RUNS'];

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
  const now = Date.now();
  const rows = list.map((each) => (stdout.interactive ? shownRow(each, now) : plainRow(each)));
  const width = stdout.interactive ? { columns: stdout.columns } : {};
  writeLines(stdout, plainTable(NAMES, rows, { ...width, paint: stdout.paint }));
  if (stdout.interactive && body.nextCursor !== null)
    writeLines(stdout, [stdout.paint(`Only the newest ${limit}; --limit shows more.`, 'dim')]);
  return EXIT.ok;
}

function shownRow(
  { id, title, trigger, state, nextDueAt, lastRun, strip }: Assignment,
  now: number,
): string[] {
  const next = nextDueAt === undefined ? '' : `in ${roughly(Date.parse(nextDueAt) - now)}`;
  const last = lastRun === undefined ? '' : `${lastRun.state} ${roughly(now - Date.parse(lastRun.at))} ago`;
  return [shortId(id), title, triggerWords(trigger), state === 'on' ? next : state, last, runStrip(strip)];
}

/** For programs: the whole id and times, and the state in a column of its own. */
function plainRow({ id, title, trigger, state, nextDueAt, lastRun, strip }: Assignment): string[] {
  return [id, state, title, triggerWords(trigger), nextDueAt ?? '', lastRun?.state ?? '', runStrip(strip)];
}
