import type { Assignment, Trigger, Work } from '../assignment/assignment.ts';
import { spacedWords } from './spaced-words.ts';

/** How much of its work is searchable. */
const WORK_CHARS = 4_000;

/** The words an assignment is found by, in the form of `AssignmentRow.words`. */
export function assignmentWords({ title, trigger, work }: Omit<Assignment, 'seq'>): string {
  const text = [title, triggerText(trigger), workText(work).slice(0, WORK_CHARS)].join(' ');
  return spacedWords(text);
}

function triggerText(trigger: Trigger): string {
  if (trigger.type === 'timer') return `${trigger.text} ${trigger.words}`;
  const named = Object.values(trigger.source).filter((value) => typeof value !== 'boolean');
  return [...named.flat(), ...(trigger.filters ?? []).map(({ value }) => value ?? '')].join(' ');
}

const workText = (work: Work): string =>
  work.type === 'text'
    ? work.text
    : work.calls.map((call) => `${call.server} ${call.tool} ${JSON.stringify(call.arguments)}`).join(' ');
