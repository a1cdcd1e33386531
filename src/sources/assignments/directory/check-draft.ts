import { z } from 'zod';
import { DEFAULT_RULES } from '../../../assignment/assignment.ts';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../../base/field-errors.ts';
import type { AssignmentDraft } from '../../assignment-directory.ts';
import { isTimeZone } from '../schedule/time-zone.ts';

const MAX_CALLS = 50;
const MAX_TEXT = 20_000;
const LONGEST_MS = 31 * 86_400_000;

const ms = (least: number) => z.int('a whole number of milliseconds').min(least).max(LONGEST_MS);
const name = z.string('a text').min(1, 'a text that is not empty').max(200, 'at most 200 characters');

const Filter = z
  .strictObject({
    path: name,
    op: z.enum(['equals', 'not_equals', 'glob', 'matches', 'exists']),
    value: z.string().max(1_000).optional(),
  })
  .refine(({ op, value }) => op === 'exists' || value !== undefined, {
    error: 'a text to compare with',
    path: ['value'],
  });

const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resource'), server: name, uri: z.string().min(1).max(2_000) }),
  z.strictObject({
    kind: z.literal('list'),
    server: name,
    list: z.enum(['tools', 'resources', 'prompts']),
  }),
  z.strictObject({ kind: z.literal('hook'), signed: z.boolean() }),
  z.strictObject({
    kind: z.literal('task'),
    statuses: z.array(z.enum(['completed', 'failed', 'cancelled', 'lost'])).min(1, 'at least one status'),
    server: name.optional(),
    tool: name.optional(),
  }),
]);

const Trigger = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('timer'),
    text: z.string('when, in words, cron or RRULE').min(1).max(500),
  }),
  z.strictObject({
    type: z.literal('event'),
    source: Source,
    filters: z.array(Filter).max(20, 'at most 20 filters').optional(),
    debounceMs: ms(0).optional(),
    atMostEveryMs: ms(0).optional(),
    once: z.literal(true).optional(),
  }),
]);

const Work = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1, 'a text that is not empty').max(MAX_TEXT),
  }),
  z.strictObject({
    type: z.literal('calls'),
    calls: z
      .array(z.strictObject({ server: name, tool: name, arguments: z.record(z.string(), z.unknown()) }))
      .min(1, 'at least one call')
      .max(MAX_CALLS, `at most ${MAX_CALLS} calls`),
  }),
]);

const Rules = z.strictObject({
  missed: z.enum(['run_once', 'skip']).optional(),
  overlap: z.enum(['skip', 'queue', 'allow']).optional(),
  retries: z.int().min(0).max(20).optional(),
  retryAfterMs: ms(1_000).optional(),
  mayRepeatCalls: z.boolean().optional(),
  disableAfter: z.int().min(0).max(1_000).optional(),
  expectedBy: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 08:15')
    .optional(),
});

export const DraftSchema = z.strictObject({
  title: z.string().min(1, 'a text that is not empty').max(200, 'at most 200 characters').optional(),
  trigger: Trigger,
  work: Work,
  timeZone: z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin or UTC').optional(),
  rules: Rules.optional(),
  sessionId: z.string().min(1).max(100).optional(),
});

/** @throws {AppError} `invalid_request` naming each field and what was expected of it */
export function checkDraft(draft: unknown): AssignmentDraft {
  const checked = DraftSchema.safeParse(draft);
  if (checked.success) return checked.data as AssignmentDraft;
  const fields = fieldErrors(checked.error);
  throw new AppError('invalid_request', inOneSentence(fields), { fields });
}

/** The rules that are given, over the usual ones. */
export const rulesOf = (given: AssignmentDraft['rules'] = {}, before = DEFAULT_RULES) => ({
  ...before,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
});
