import type { Assignment } from '../assignment/assignment.ts';
import { triggerWords } from '../assignment/trigger-words.ts';
import type { Store } from '../store/ports.ts';

const SHOWN = 20;

/** The answer to `/assignments`: what is to be done later, one line each, with times in the zone of each. */
export async function describeAssignments(store: Pick<Store, 'assignments'>): Promise<string> {
  const { assignments, nextCursor } = await store.assignments.list({ limit: SHOWN });
  if (assignments.length === 0)
    return 'Nothing is to be done later. /remind, /every and /when make an assignment; /help says how.';
  const lines = assignments.map(describe);
  return nextCursor === undefined ? lines.join('\n') : [...lines, `and more than these ${SHOWN}`].join('\n');
}

function describe(assignment: Assignment): string {
  const { title, state, stateNote, nextDueAt, lastRun, timeZone, trigger } = assignment;
  const stand = state === 'on' ? [] : [stateNote === undefined ? state : `${state} (${stateNote})`];
  const next = nextDueAt === undefined ? [] : [`next ${local(nextDueAt, timeZone)}`];
  const last = lastRun === undefined ? [] : [`last ${lastRun.state} ${local(lastRun.at, timeZone)}`];
  return `${title}: ${[triggerWords(trigger), ...stand, ...next, ...last].join(', ')} (${assignment.id})`;
}

function local(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return parts.format(new Date(iso));
}
