import type { Assignment } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import { triggerWords } from '../../../assignment/trigger-words.ts';
import { usageWords } from '../../../assignment/usage.ts';
import type { RunPage } from '../../api/contract/types.ts';
import type { Paint } from './colour.ts';
import { duration } from './duration.ts';
import { localTime } from './local-time.ts';
import { oneLine } from './plain-text.ts';
import { RUN_LOOKS } from './run-look.ts';
import { shortId } from './short-id.ts';
import { workLines } from './work-lines.ts';

const SHOWN = 10;

/** All that is known of an assignment, a fact per line, and its newest runs. */
export function assignmentDetails(assignment: Assignment, page: RunPage, paint: Paint): string[] {
  const { id, title, state, stateNote, trigger, work, timeZone, nextDueAt, sessionId, hookHint, rules } =
    assignment;
  const { usual } = page;
  const facts: (readonly [string, string | undefined])[] = [
    ['id', id],
    ['when', triggerWords(trigger)],
    ['next', nextDueAt && `${localTime(nextDueAt, timeZone)} (${timeZone})`],
    ...workLines(work).map((line, at) => [at === 0 ? 'does' : '', line] as const),
    ['hook', hookHint && `its address ends with ${hookHint}; \`meanwhile assignments hook\` makes a new one`],
    ['told in', sessionId],
    ['expected', rules.expectedBy && `by ${rules.expectedBy} each day`],
    ['taken', assignment.usage && usageWords(assignment.usage)],
    ['usual', usual && `${duration(usual.medianMs)}, 9 of 10 below ${duration(usual.p90Ms)}`],
  ];
  const runs = (page.runs as readonly Run[]).slice(0, SHOWN).map((run) => runLine(run, timeZone, paint));
  return [
    `${paint(oneLine(title), 'bold')}  ${paint(state, state === 'on' ? 'green' : 'yellow')}${stateNote ? `  ${oneLine(stateNote)}` : ''}`,
    ...facts.flatMap(([name, value]) => (value ? [`${paint(name.padEnd(8), 'dim')} ${oneLine(value)}`] : [])),
    ...(runs.length > 0 ? ['', paint('Newest runs', 'dim'), ...runs] : ['', 'It has not run yet.']),
  ];
}

function runLine(run: Run, timeZone: string, paint: Paint): string {
  const { symbol, colour } = RUN_LOOKS[run.state];
  const { startedAt, endedAt, taskId, note } = run;
  const took = startedAt && endedAt ? duration(Date.parse(endedAt) - Date.parse(startedAt)) : '';
  const words = [
    `${paint(`${symbol} ${run.state}`.padEnd(11), colour)}`,
    localTime(startedAt ?? run.createdAt, timeZone),
    took,
    taskId === undefined ? '' : `task ${shortId(taskId)}`,
    note === undefined ? '' : oneLine(note),
  ];
  return `  ${words.filter((word) => word !== '').join('  ')}`;
}
