import { z } from 'zod';
import { type AssignmentRules, DEFAULT_RULES } from '../../../assignment/assignment.ts';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../../base/field-errors.ts';
import type { AssignmentDraft } from '../../assignment-directory.ts';
import { DraftSchema } from '../../assignment-draft.ts';
import { isTimeZone } from '../schedule/time-zone.ts';

const Draft = DraftSchema.extend({
  timeZone: z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin or UTC').optional(),
});

/** @throws {AppError} `invalid_request` naming each field and what was expected of it */
export function checkDraft(draft: unknown): AssignmentDraft {
  const checked = Draft.safeParse(draft);
  if (checked.success) return checked.data as AssignmentDraft;
  const fields = fieldErrors(checked.error);
  throw new AppError('invalid_request', inOneSentence(fields), { fields });
}

/** The rules that are given, over the usual ones or those before; an empty `expectedBy` takes it out. */
export function rulesOf(given: AssignmentDraft['rules'] = {}, before = DEFAULT_RULES): AssignmentRules {
  const isGiven = ([, value]: [string, unknown]) => value !== undefined;
  const { expectedBy, ...rules } = {
    ...before,
    ...Object.fromEntries(Object.entries(given).filter(isGiven)),
  };
  return expectedBy === undefined || expectedBy === '' ? rules : { ...rules, expectedBy };
}
