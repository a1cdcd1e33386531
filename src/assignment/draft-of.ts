import type { Assignment } from './assignment.ts';
import type { AssignmentDraft } from './draft.ts';

/** What was said of an assignment that is there, to be said again elsewhere: without the chat that its results go to. */
export const draftOf = ({ title, trigger, work, timeZone, rules }: Assignment): AssignmentDraft => ({
  title,
  trigger: trigger.type === 'timer' ? { type: 'timer', text: trigger.text } : trigger,
  work,
  timeZone,
  rules,
});
