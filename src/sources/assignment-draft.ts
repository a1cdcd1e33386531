import { z } from 'zod';

/*
 * What is said of an assignment, as it comes in: the one place that says what its fields may be. The shapes are those of
 * assignment/. Each wrong field is named, with what was expected of it.
 */

const LONGEST_MS = 31 * 86_400_000;
const ms = (least: number) => z.number().int('a whole number of milliseconds').min(least).max(LONGEST_MS);

/** A union told apart by one field says which words that field may have. */
const oneOf = (words: string) => ({
  error: (issue: { code?: string | undefined }) => (issue.code === 'invalid_type' ? 'an object' : words),
});

export const PlannedCallSchema = z.strictObject({
  server: z.string().min(1).max(100),
  tool: z.string().min(1).max(200),
  arguments: z.record(z.string(), z.unknown()).describe('texts in it may hold {{event.path}} and the like'),
});

export const WorkSchema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('text'),
      text: z
        .string()
        .trim()
        .min(1)
        .max(20_000)
        .describe('for the assistant; without a model it is delivered as a reminder'),
    }),
    z.strictObject({
      type: z.literal('calls'),
      calls: z.array(PlannedCallSchema).min(1).max(50).describe('one after the other'),
    }),
  ],
  oneOf('“text” or “calls”'),
);

const EventSourceSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('resource'),
      server: z.string().min(1).max(100),
      uri: z.string().min(1).max(4_000),
    }),
    z.strictObject({
      kind: z.literal('list'),
      server: z.string().min(1).max(100),
      list: z.enum(['tools', 'resources', 'prompts']),
    }),
    z.strictObject({ kind: z.literal('hook'), signed: z.boolean() }),
    z.strictObject({
      kind: z.literal('task'),
      statuses: z
        .array(z.enum(['completed', 'failed', 'cancelled', 'lost']))
        .min(1)
        .max(4),
      server: z.string().min(1).max(100).optional(),
      tool: z.string().min(1).max(200).optional(),
    }),
  ],
  oneOf('“resource”, “list”, “hook” or “task”'),
);

const EventFilterSchema = z
  .strictObject({
    path: z.string().min(1).max(200).describe('into the data of the event, such as payload.ref'),
    op: z.enum(['equals', 'not_equals', 'glob', 'matches', 'exists']),
    value: z.string().max(1_000).optional(),
  })
  .refine(({ op, value }) => op === 'exists' || value !== undefined, {
    error: 'a text to compare with',
    path: ['value'],
  });

export const eventTriggerFields = {
  type: z.literal('event'),
  source: EventSourceSchema,
  filters: z.array(EventFilterSchema).max(20).optional().describe('all of them must hold'),
  debounceMs: ms(0).optional(),
  atMostEveryMs: ms(0).optional(),
  once: z.literal(true).optional().describe('fires once, then is done'),
};

export const rulesFields = {
  missed: z.enum(['run_once', 'skip']),
  overlap: z.enum(['skip', 'queue', 'allow']),
  retries: z.number().int().min(0).max(20),
  retryAfterMs: ms(1_000),
  mayRepeatCalls: z.boolean(),
  disableAfter: z.number().int().min(0).max(1_000).describe('failed runs in a row; 0 for never'),
  expectedBy: z
    .string()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d)?$/, 'a time of day as HH:MM, or nothing')
    .optional()
    .describe('empty takes it out'),
};

export const DraftSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  trigger: z.discriminatedUnion(
    'type',
    [
      z.strictObject({
        type: z.literal('timer'),
        text: z.string().trim().min(1).max(1_000).describe('words, cron or RRULE'),
      }),
      z.strictObject(eventTriggerFields),
    ],
    oneOf('“timer” or “event”'),
  ),
  work: WorkSchema,
  timeZone: z.string().min(1).max(100).optional().describe('IANA, such as Europe/Berlin'),
  rules: z.strictObject(rulesFields).partial().optional(),
  sessionId: z.string().min(1).max(100).optional().describe('left out: a chat of its own'),
});
