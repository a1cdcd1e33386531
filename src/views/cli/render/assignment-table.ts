import type { Assignment } from '../../../assignment/assignment.ts';
import { triggerWords } from '../../../assignment/trigger-words.ts';
import type { Paint } from './colour.ts';
import { roughly } from './duration.ts';
import { plainTable } from './plain-table.ts';
import { oneLine } from './plain-text.ts';
import { RUN_LOOKS, runStrip } from './run-look.ts';
import { shortId } from './short-id.ts';
import { textWidth, truncate } from './text-width.ts';

/** Columns stand two blanks apart; the last column of the terminal stays free. */
const GAPS = 2 * 5 + 1;
const LEAST_TITLE = 12;

/**
 * Assignments on a terminal: the newest run stands at the right of the strip and, with its age, before it. Title and
 * words share what the short columns leave.
 */
export function assignmentTable(
  list: readonly Assignment[],
  { columns, paint }: { readonly columns: number; readonly paint: Paint },
  now: number,
): string[] {
  const short = list.map((each) => [
    shortId(each.id),
    nextText(each, now),
    lastText(each, now),
    runStrip(each.strip),
  ]);
  const names = ['ID', 'NEXT', 'LAST', 'RUNS'];
  const used = names.reduce(
    (sum, name, at) => sum + Math.max(name.length, ...short.map((cells) => textWidth(cells[at] ?? ''))),
    GAPS,
  );
  const title = Math.max(LEAST_TITLE, Math.floor((columns - used) * 0.4));
  const words = Math.max(LEAST_TITLE, columns - used - title);
  const rows = list.map((each, at) => {
    const [id = '', next = '', last = '', runs = ''] = short[at] ?? [];
    return [
      id,
      truncate(oneLine(each.title), title),
      truncate(triggerWords(each.trigger), words),
      next,
      last,
      runs,
    ];
  });
  return plainTable(['ID', 'TITLE', 'WHEN', 'NEXT', 'LAST', 'RUNS'], rows, { columns, paint });
}

function nextText({ state, nextDueAt }: Assignment, now: number): string {
  if (state !== 'on') return state;
  return nextDueAt === undefined ? '' : `in ${roughly(Date.parse(nextDueAt) - now)}`;
}

const lastText = ({ lastRun }: Assignment, now: number): string =>
  lastRun === undefined
    ? ''
    : `${RUN_LOOKS[lastRun.state].symbol} ${roughly(now - Date.parse(lastRun.at))} ago`;
