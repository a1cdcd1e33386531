import type { Assignment, PlannedCall } from '../../../assignment/assignment.ts';
import type { Run, RunStep } from '../../../assignment/run.ts';
import { newId } from '../../../base/ids.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import type { StepOutcome } from '../../assignment-directory.ts';
import { fillTemplate } from '../events/template/fill-template.ts';
import { hasPlaceholders } from '../events/template/read-template.ts';
import { templateScope } from '../events/template/template-scope.ts';

/**
 * A step as it is kept before its call is sent: with its placeholders filled in, from what fired the run and what the
 * steps before it came to. What has been filled in is not looked through again.
 * @param now ISO 8601 UTC
 * @param shellFields arguments of the tool that are command lines of a shell
 */
export function sentStep(
  step: RunStep,
  assignment: Assignment,
  run: Unnumbered<Run>,
  outcomes: readonly StepOutcome[],
  now: string,
  shellFields: readonly string[],
): RunStep | { readonly problem: string } {
  const sent = (call: PlannedCall): RunStep => ({
    ...step,
    call,
    state: 'sent',
    callId: step.callId ?? newId('msg'),
    startedAt: now,
  });
  if (isFilled(step)) return sent(step.call);
  const scope = templateScope(assignment, run, outcomes);
  const filled = fillTemplate(step.call.arguments, scope, { shellFields });
  if (!filled.ok) return { problem: filled.problem };
  return sent({ ...step.call, arguments: filled.value as PlannedCall['arguments'] });
}

/** Whether its placeholders have been filled in. */
export const isFilled = ({ startedAt }: RunStep): boolean => startedAt !== undefined;

/** Whether something is to be filled in before it can be sent. */
export const isTemplate = (step: RunStep): boolean =>
  !isFilled(step) && hasPlaceholders(JSON.stringify(step.call.arguments));
