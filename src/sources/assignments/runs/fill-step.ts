import type { Assignment, PlannedCall } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import type { StepOutcome } from '../../assignment-directory.ts';
import { fillTemplate } from '../events/template/fill-template.ts';
import { templateScope } from '../events/template/template-scope.ts';

export type FilledStep = { readonly call: PlannedCall } | { readonly problem: string };

/**
 * A planned call with its placeholders filled in: from what fired the run, and what the steps before it came to.
 * @param shellFields arguments of the tool that are command lines of a shell
 */
export function fillStep(
  call: PlannedCall,
  assignment: Assignment,
  run: Unnumbered<Run>,
  outcomes: readonly StepOutcome[],
  shellFields: readonly string[] = [],
): FilledStep {
  const scope = templateScope(assignment, run, outcomes);
  const filled = fillTemplate(call.arguments, scope, { shellFields });
  if (!filled.ok) return { problem: filled.problem };
  return { call: { ...call, arguments: filled.value as PlannedCall['arguments'] } };
}
