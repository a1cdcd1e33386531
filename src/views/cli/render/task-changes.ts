import type { Task } from '../../../task/task.ts';
import { duration } from './duration.ts';
import { figure, fractionOf } from './figure.ts';
import { oneLine } from './plain-text.ts';
import { newQuestions } from './question-lines.ts';
import { isActive, statusLook } from './status-look.ts';
import { taskNote, tookMs } from './task-note.ts';

const MILESTONES = [0.75, 0.5, 0.25];

/**
 * What a change of a task is worth saying in plain lines: that it started, needs an answer, is asked to stop,
 * passed a quarter of the way, ended. Undefined for everything between.
 * @param before the task as it was seen last; undefined when it is seen for the first time
 */
export function changeWords(before: Task | undefined, task: Task, now: number): string | undefined {
  if (!isActive(task)) {
    if (before && !isActive(before) && before.status === task.status) return undefined;
    return join(`${statusLook(task).word} after ${duration(tookMs(task, now))}`, taskNote(task, now));
  }
  const word = statusLook(task).word;
  const [asked] = newQuestions(before, task);
  if (asked) return join(word, oneLine(asked.message));
  if (!before) return join(task.progress ? word : 'started', measure(task));
  if (statusLook(before).word !== word || before.cancel.answer !== task.cancel.answer)
    return join(word, taskNote(task, now));
  const mark = milestone(task);
  return mark > milestone(before) ? join(`${mark * 100} %`, measure(task)) : undefined;
}

/** The highest milestone that is reached; 0 for none. */
function milestone(task: Task): number {
  const fraction = fractionOf(task.progress) ?? 0;
  return MILESTONES.find((mark) => fraction >= mark) ?? 0;
}

function measure(task: Task): string {
  const parts = [figure(task.progress, 40), oneLine(task.progress?.message ?? '')];
  return parts.filter((part) => part !== '').join(', ');
}

const join = (word: string, rest: string): string => (rest ? `${word}: ${rest}` : word);
