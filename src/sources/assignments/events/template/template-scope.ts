import type { Assignment } from '../../../../assignment/assignment.ts';
import type { AcceptedEvent, Run } from '../../../../assignment/run.ts';
import { PREVIEW_CHARS } from '../../../../task/task.ts';
import type { StepOutcome } from '../../../assignment-directory.ts';
import { eventFields } from '../event-fields.ts';

/** What placeholders can name, by its first name. */
export type TemplateScope = Readonly<Record<string, unknown>>;

/**
 * What a run can write into its texts and arguments (docs/events.md).
 * @param outcomes of the steps that have ended, in their order
 */
export function templateScope(
  assignment: Pick<Assignment, 'id' | 'title' | 'timeZone'>,
  run: Pick<Run, 'id' | 'cause' | 'attempt' | 'notBefore'>,
  outcomes: readonly StepOutcome[] = [],
): TemplateScope {
  const { cause } = run;
  const events: readonly AcceptedEvent[] = ('events' in cause ? cause.events : undefined) ?? [];
  const newest = events.at(-1);
  return {
    ...(newest !== undefined && { event: eventFields(newest), events: events.map(eventFields) }),
    steps: outcomes.map(stepFields),
    run: { id: run.id, attempt: run.attempt, dueAt: cause.type === 'timer' ? cause.dueAt : run.notBefore },
    assignment: { id: assignment.id, title: assignment.title, timeZone: assignment.timeZone },
  };
}

/** The names of a step: `data` is its structured content, `text` its texts, `result` the whole of it. */
export const STEP_NAMES = ['state', 'preview', 'text', 'data', 'result', 'taskId', 'failure'];

/** Where the result is not known any more, its names are not there: nothing is filled in that only looks like it. */
function stepFields({ state, preview, content, taskId, failure }: StepOutcome): Record<string, unknown> {
  if (content === undefined)
    return {
      state,
      preview: preview ?? '',
      ...(isWhole(preview) && { text: preview }),
      taskId: taskId ?? null,
      failure: failure ?? null,
    };
  const result = parsed(content);
  const { structuredContent, content: blocks } = (result ?? {}) as Record<string, unknown>;
  const texts = (Array.isArray(blocks) ? blocks : []).flatMap((block) => {
    const text = (block as { text?: unknown } | null)?.text;
    return typeof text === 'string' ? [text] : [];
  });
  return {
    state,
    preview: preview ?? '',
    text: texts.join('\n'),
    data: structuredContent ?? null,
    result: result ?? null,
    taskId: taskId ?? null,
    failure: failure ?? null,
  };
}

const isWhole = (preview: string | undefined): boolean =>
  preview !== undefined && preview.length < PREVIEW_CHARS;

function parsed(content: string | undefined): unknown {
  try {
    return JSON.parse(content ?? 'null') as unknown;
  } catch {
    return content;
  }
}
