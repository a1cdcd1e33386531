import type { Trigger, Work } from '../../../../assignment/assignment.ts';
import type { FieldError } from '../../../../base/errors.ts';
import { readTemplate } from './read-template.ts';
import { STEP_NAMES } from './template-scope.ts';

const RUN_NAMES = ['id', 'attempt', 'dueAt'];
const ASSIGNMENT_NAMES = ['id', 'title', 'timeZone'];
const DEPTH = 50;

/**
 * What is wrong with the placeholders of some work, before it is saved. Which fields an event will have is not known
 * then; that they are there is seen when it is filled in.
 */
export function templateProblems(work: Work, triggerType: Trigger['type']): FieldError[] {
  if (work.type === 'text') return problemsIn(work.text, 'work.text', triggerType, 0);
  return work.calls.flatMap((call, index) =>
    problemsIn(call.arguments, `work.calls.${index}.arguments`, triggerType, index),
  );
}

function problemsIn(
  value: unknown,
  field: string,
  triggerType: Trigger['type'],
  steps: number,
  depth = 0,
): FieldError[] {
  if (typeof value === 'string') {
    const read = readTemplate(value);
    if (!read.ok) return [{ field, expected: read.problem }];
    return read.pieces.flatMap((piece) => {
      const problem = 'path' in piece ? problemOf(piece.path, triggerType, steps) : undefined;
      return problem === undefined ? [] : [{ field, expected: problem }];
    });
  }
  if (typeof value !== 'object' || value === null) return [];
  if (depth > DEPTH) return [{ field, expected: `nested at most ${DEPTH} deep` }];
  return Object.entries(value).flatMap(([name, each]) =>
    problemsIn(each, `${field}.${name}`, triggerType, steps, depth + 1),
  );
}

/** @param steps how many calls have been made before */
function problemOf(path: string, triggerType: Trigger['type'], steps: number): string | undefined {
  const [root = '', name, inner] = path.split('.');
  const roots = [...(triggerType === 'event' ? ['event', 'events'] : []), 'steps', 'run', 'assignment'];
  const wrong = (expected: string) => `{{${path}}}: there is ${expected}`;
  if (!roots.includes(root)) return wrong(roots.join(', '));
  if (root === 'run' || root === 'assignment') {
    const names = root === 'run' ? RUN_NAMES : ASSIGNMENT_NAMES;
    const isKnown = name === undefined || (names.includes(name) && inner === undefined);
    return isKnown ? undefined : wrong(names.map((each) => `${root}.${each}`).join(', '));
  }
  if (root !== 'steps' || name === undefined || name === '*' || name === 'length') return undefined;
  if (!/^\d+$/.test(name) || Number(name) >= steps)
    return wrong(
      steps === 0
        ? 'no call before this one'
        : `steps.0${steps > 1 ? ` to steps.${steps - 1}` : ''} before this call`,
    );
  return inner === undefined || STEP_NAMES.includes(inner)
    ? undefined
    : wrong(STEP_NAMES.map((each) => `steps.${name}.${each}`).join(', '));
}
