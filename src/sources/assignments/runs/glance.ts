import type { Assignment, RunGlance } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import type { Unnumbered } from '../../../store/ports.ts';

const STRIP = 12;

/** As much of a run as a list shows. */
export function glanceOf(run: Unnumbered<Run>): RunGlance {
  const { id, state, startedAt, endedAt, createdAt } = run;
  const durationMs =
    startedAt !== undefined && endedAt !== undefined
      ? Date.parse(endedAt) - Date.parse(startedAt)
      : undefined;
  return {
    runId: id,
    state,
    at: endedAt ?? startedAt ?? createdAt,
    ...(durationMs !== undefined && { durationMs }),
  };
}

/** The assignment with this run in its strip, in the place that it has there already, or as the newest. */
export function withGlance<A extends Unnumbered<Assignment>>(assignment: A, run: Unnumbered<Run>): A {
  const glance = glanceOf(run);
  const isKnown = assignment.strip.some(({ runId }) => runId === run.id);
  const strip = isKnown
    ? assignment.strip.map((each) => (each.runId === run.id ? glance : each))
    : [glance, ...assignment.strip].slice(0, STRIP);
  return { ...assignment, strip, ...(strip[0] && { lastRun: strip[0] }) };
}
