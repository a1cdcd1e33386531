import type { Assignment, PlannedCall } from '../../../assignment/assignment.ts';
import type { Run, RunStep } from '../../../assignment/run.ts';
import { newId } from '../../../base/ids.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import type { StepOutcome } from '../../assignment-directory.ts';
import { fillTemplate } from '../events/template/fill-template.ts';
import { templateScope } from '../events/template/template-scope.ts';

/**
 * A step as it is kept before its call is sent: with its placeholders filled in, from what fired the run and what the
 * steps before it came to. What has been filled in is not looked through again.
 * @param now ISO 8601 UTC
 */
export function sentStep(
  step: RunStep,
  assignment: Assignment,
  run: Unnumbered<Run>,
  outcomes: readonly StepOutcome[],
  now: string,
): RunStep | { readonly problem: string } {
  const sent = (call: PlannedCall): RunStep => ({
    ...step,
    call,
    state: 'sent',
    callId: step.callId ?? newId('msg'),
    startedAt: now,
  });
  if (isFilled(step)) return sent(step.call);
  const filled = fillTemplate(step.call.arguments, templateScope(assignment, run, outcomes));
  if (!filled.ok) return { problem: filled.problem };
  return sent({ ...step.call, arguments: filled.value as PlannedCall['arguments'] });
}

/** Whether its placeholders have been filled in. */
export const isFilled = ({ startedAt }: RunStep): boolean => startedAt !== undefined;
