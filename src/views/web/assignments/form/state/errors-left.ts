import type { FormState } from './form-state.ts';
import type { FormErrors } from './to-draft.ts';

/** What of the form says which fields of the API. */
const FIELDS: Readonly<Record<keyof FormState, string>> = {
  title: 'title',
  when: 'trigger',
  timerText: 'trigger',
  timeZone: 'timeZone',
  event: 'trigger',
  what: 'work',
  steps: 'work',
  text: 'work',
  sessionId: 'sessionId',
  rules: 'rules',
  sample: 'event',
};

/**
 * The errors that stay marked after a change: those of other parts, and those that are found still.
 * @param still what is wrong with the changed form, as far as that is known here
 */
export function errorsLeft(errors: FormErrors, changed: Partial<FormState>, still: FormErrors): FormErrors {
  const touched = Object.keys(changed).map((name) => FIELDS[name as keyof FormState]);
  const isTouched = (field: string) => touched.some((each) => field === each || field.startsWith(`${each}.`));
  return Object.fromEntries(Object.entries(errors).filter(([field]) => field in still || !isTouched(field)));
}
