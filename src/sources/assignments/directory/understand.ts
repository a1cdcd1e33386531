import type { Trigger } from '../../../assignment/assignment.ts';
import { triggerWords } from '../../../assignment/trigger-words.ts';
import { AppError, type FieldError } from '../../../base/errors.ts';
import type { AssignmentDraft, AssignmentPorts, Preview } from '../../assignment-directory.ts';
import { shellProblems } from '../events/template/shell-problems.ts';
import { templateProblems } from '../events/template/template-problems.ts';
import { dueTimes } from '../schedule/due/due-times.ts';
import { readSchedule } from '../schedule/read/read-schedule.ts';
import { titleOf } from './title-of.ts';

const NEXT_TIMES = 5;

export interface Understanding extends Preview {
  readonly trigger: Trigger;
}

/**
 * What a draft means. Pure but for what the ports say of servers and tools.
 * @param hostZone the time zone where the draft names none
 * @throws {AppError} `invalid_request` naming the field and what was expected
 */
export function understand(
  draft: AssignmentDraft,
  ports: Pick<AssignmentPorts, 'knownShellFields' | 'problemOf' | 'say'>,
  nowMs: number,
  hostZone: string,
): Understanding {
  const timeZone = draft.timeZone ?? hostZone;
  const problems = [
    ...templateProblems(draft.work, draft.trigger.type),
    ...shellProblems(draft.work, ports.knownShellFields),
  ];
  if (problems.length > 0) throw wrong(problems);
  const common = { title: draft.title ?? titleOf(draft.work), timeZone };
  const warnings = warningsOf(draft, ports);
  if (draft.trigger.type === 'event') {
    const words = triggerWords(draft.trigger);
    return { ...common, words, next: [], warnings, trigger: draft.trigger };
  }
  const { text } = draft.trigger;
  const understood = readSchedule(text, { timeZone, nowMs });
  if ('problem' in understood) throw wrong([{ field: 'trigger.text', expected: understood.problem }]);
  const { schedule, words } = understood;
  const next = dueTimes(schedule, timeZone, nowMs, NEXT_TIMES).map((ms) => new Date(ms).toISOString());
  if (next.length === 0) throw wrong([{ field: 'trigger.text', expected: 'a time that is still to come' }]);
  return { ...common, words, next, warnings, trigger: { type: 'timer', schedule, text, words } };
}

function warningsOf({ work, trigger }: AssignmentDraft, ports: Pick<AssignmentPorts, 'problemOf' | 'say'>) {
  const calls = work.type === 'calls' ? work.calls : [];
  const named = trigger.type === 'event' && 'server' in trigger.source ? trigger.source.server : undefined;
  const problems = [
    ...calls.map(({ server, tool }) => ports.problemOf(server, tool)),
    named === undefined || trigger.type !== 'event' || trigger.source.kind === 'task'
      ? undefined
      : ports.problemOf(named, ''),
    work.type === 'text' && ports.say === undefined
      ? 'No model is set up, so the text is delivered as a reminder.'
      : undefined,
  ];
  return [...new Set(problems.filter((problem) => problem !== undefined))];
}

const wrong = (fields: readonly FieldError[]): AppError =>
  new AppError('invalid_request', fields.map(({ field, expected }) => `${field}: ${expected}`).join(' '), {
    fields,
  });
