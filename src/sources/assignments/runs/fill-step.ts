import type { Assignment, PlannedCall } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import { fillTemplate } from '../events/fill-template.ts';

export type FilledStep = { readonly call: PlannedCall } | { readonly problem: string };

/**
 * A planned call with its placeholders filled in, from what fired the run and what the steps before it came to.
 * @param contents the results of the steps before, as JSON text where they are such
 */
export function fillStep(
  call: PlannedCall,
  { title }: Pick<Assignment, 'title'>,
  { cause, createdAt }: Pick<Unnumbered<Run>, 'cause' | 'createdAt'>,
  contents: readonly (string | undefined)[],
): FilledStep {
  const events = ('events' in cause ? cause.events : undefined) ?? [];
  const scope = {
    assignment: { title },
    run: { dueAt: cause.type === 'timer' ? cause.dueAt : createdAt },
    ...(events.length > 0 && { event: shown(events[0]!), events: events.map(shown) }),
    steps: contents.map((content) => ({ result: parsed(content) })),
  };
  const filled = fillTemplate(call.arguments, scope);
  if ('problem' in filled) return { problem: filled.problem };
  return { call: { ...call, arguments: filled.value as PlannedCall['arguments'] } };
}

/** The fields of an event's data stand beside its own, which come first. */
const shown = ({ id, type, at, data }: { id: string; type: string; at: string; data: object }) => ({
  ...data,
  id,
  type,
  at,
  data,
});

function parsed(content: string | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}
