import type { Assignment } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import { sumOfUsage } from '../../../assignment/usage.ts';
import type { Unnumbered, Write } from '../../../store/ports.ts';
import { withGlance } from './glance.ts';

/** What the end of a run means for its assignment. `notice` is to be told in its chat. */
export interface AfterRun {
  readonly assignment: Unnumbered<Assignment>;
  readonly notice?: string;
}

/** Counts failures in a row, and turns the assignment off after so many. `now` is ISO 8601 UTC. */
export function afterRun(assignment: Assignment, run: Unnumbered<Run>, now: string): AfterRun {
  const usage = sumOfUsage([assignment.usage, ...run.steps.map((step) => step.usage)]);
  const shown = withGlance({ ...assignment, updatedAt: now, ...(usage && { usage }) }, run);
  if (run.state === 'completed') return { assignment: { ...shown, failuresInRow: 0 } };
  if (run.state !== 'failed' && run.state !== 'lost') return { assignment: shown };
  const failuresInRow = assignment.failuresInRow + 1;
  const counted = { ...shown, failuresInRow };
  const { disableAfter } = assignment.rules;
  if (disableAfter === 0 || failuresInRow < disableAfter || assignment.state !== 'on')
    return { assignment: counted };
  const failedRuns = failuresInRow === 1 ? 'a failed run' : `${failuresInRow} failed runs in a row`;
  const stateNote = `Turned off after ${failedRuns}.`;
  const { nextDueAt: _none, ...off } = counted;
  return {
    assignment: { ...off, state: 'disabled', stateNote },
    notice: `“${assignment.title}” was turned off after ${failedRuns}. The last one: ${run.note ?? 'no reason given'}`,
  };
}

/** @param read as it was read: it is refused where another host has written it since */
export const assignmentWrite = (
  assignment: Unnumbered<Assignment>,
  { seq }: Pick<Assignment, 'seq'>,
): Write => ({ type: 'assignment', assignment, expectsSeq: seq });
