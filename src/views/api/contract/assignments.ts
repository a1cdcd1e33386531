import { z } from '@hono/zod-openapi';
import { ASSIGNMENT_STATES } from '../../../assignment/assignment.ts';
import { RUN_STATES, SKIP_REASONS } from '../../../assignment/run-state.ts';
import { eventTriggerFields, rulesFields } from '../../../sources/assignment-draft.ts';
import { PlannedCallSchema, WorkSchema } from './draft.ts';

/* Assignments and runs as they travel. The shapes are those of assignment/ (checked by records.test.ts). */

const time = z.iso.datetime().describe('ISO 8601, UTC');

const ScheduleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('once'), at: time }),
  z.object({ kind: z.literal('cron'), expression: z.string() }),
  z.object({ kind: z.literal('rrule'), rule: z.string(), start: z.string() }),
  z.object({ kind: z.literal('every'), everyMs: z.number(), start: z.string() }),
]);

const RunGlanceSchema = z.object({
  runId: z.string(),
  state: z.enum(RUN_STATES),
  at: time,
  durationMs: z.number().optional(),
});

/** What models have taken; costs are by currency, where models have a price. */
const UsageSumSchema = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  costs: z.array(z.object({ currency: z.string(), cost: z.number() })),
});

export const AssignmentSchema = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    title: z.string(),
    state: z.enum(ASSIGNMENT_STATES),
    stateNote: z.string().optional().describe('why it is disabled or done'),
    trigger: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('timer'),
        schedule: ScheduleSchema,
        text: z.string().describe('as a person typed it'),
        words: z.string().describe('what was understood of it'),
      }),
      z.object(eventTriggerFields),
    ]),
    work: WorkSchema,
    timeZone: z.string(),
    rules: z.object(rulesFields),
    sessionId: z.string().describe('where its results go'),
    ownsSession: z.boolean(),
    createdAt: time,
    createdBy: z.enum(['person', 'assistant']),
    updatedAt: time,
    nextDueAt: time.optional(),
    lastRun: RunGlanceSchema.optional(),
    strip: z.array(RunGlanceSchema).describe('the newest runs, newest first'),
    failuresInRow: z.number().int(),
    usage: UsageSumSchema.optional().describe('of all its runs'),
    hookHint: z.string().optional().describe('the last characters of the token of its hook'),
  })
  .openapi('Assignment');

export const AcceptedEventSchema = z
  .object({ id: z.string(), type: z.string(), at: time, data: z.record(z.string(), z.unknown()) })
  .openapi('AcceptedEvent');

export const RunSchema = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    assignmentId: z.string(),
    key: z.string(),
    cause: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('timer'),
        dueAt: time,
        missed: z.number().int().optional().describe('times that it stands for, too'),
      }),
      z.object({ type: z.literal('event'), events: z.array(AcceptedEventSchema) }),
      z.object({
        type: z.literal('person'),
        events: z.array(AcceptedEventSchema).optional().describe('a sample, where it is tried out'),
      }),
    ]),
    state: z.enum(RUN_STATES),
    skipReason: z.enum(SKIP_REASONS).optional(),
    note: z.string().optional().describe('why it waits, failed or was skipped'),
    attempt: z.number().int(),
    notBefore: time,
    createdAt: time,
    startedAt: time.optional(),
    endedAt: time.optional(),
    taskId: z.string().optional().describe('the task that shows it'),
    steps: z.array(
      z.object({
        call: PlannedCallSchema,
        state: z.enum(['pending', 'sent', 'completed', 'failed', 'cancelled', 'lost']),
        callId: z.string().optional(),
        taskId: z.string().optional(),
        startedAt: time.optional(),
        endedAt: time.optional(),
        preview: z.string().optional(),
        failure: z.string().optional(),
        usage: UsageSumSchema.optional().describe('of a text for the assistant'),
      }),
    ),
  })
  .openapi('Run');
