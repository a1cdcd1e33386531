import { z } from '@hono/zod-openapi';
import { ASSIGNMENT_STATES } from '../../../assignment/assignment.ts';
import { RUN_STATES } from '../../../assignment/run-state.ts';
import { AssignmentSchema, RunSchema } from './assignments.ts';
import { listOf, page } from './bodies.ts';
import { DraftChangeSchema, DraftSchema } from './draft.ts';
import { MessageSchema } from './records.ts';

/* What is asked and answered of assignments, operation by operation. */

/** `state` takes several, with commas; without it all but the removed ones. */
export const AssignmentQuerySchema = z.strictObject({
  ...page,
  state: listOf(ASSIGNMENT_STATES),
  q: z.string().max(200).optional(),
});
export const AssignmentPageSchema = z.object({
  assignments: z.array(AssignmentSchema),
  nextCursor: z.string().nullable(),
  seq: z.number().int(),
});

const hookUrl = z.string().describe('the whole address of its hook, a secret; told this once');
const hookSecret = z.string().optional().describe('of a signed hook: what to sign with, told this once');
export const AssignmentMadeSchema = z.object({
  assignment: AssignmentSchema,
  hookUrl: hookUrl.optional(),
  hookSecret,
});
export const HookAddressSchema = z.object({ hookUrl, hookSecret });
export const AssignmentPatchSchema = DraftChangeSchema.extend({ state: z.enum(['on', 'paused']).optional() });

/** `event`: what the run is told of, as if it had come; left-out fields are made up. */
export const TryBodySchema = z.strictObject({
  draft: DraftSchema,
  event: z
    .strictObject({
      id: z.string().min(1).max(200).optional(),
      type: z.string().min(1).max(200),
      at: z.iso.datetime().optional(),
      data: z.record(z.string(), z.unknown()).default({}),
    })
    .optional(),
});
export const TriedSchema = z.object({ taskId: z.string(), sessionId: z.string() });

export const RunQuerySchema = z.strictObject({ ...page, state: listOf(RUN_STATES) });
/** `usual`: how long its completed runs take, once there are five. */
export const RunPageSchema = z.object({
  runs: z.array(RunSchema),
  nextCursor: z.string().nullable(),
  usual: z.object({ medianMs: z.number(), p90Ms: z.number(), runs: z.number().int() }).optional(),
  seq: z.number().int(),
});
export const RunStartedSchema = z.object({ run: RunSchema });

export const ExportSchema = z
  .object({
    meanwhile: z.literal('assignments'),
    version: z.literal(1),
    assignments: z.array(DraftSchema),
  })
  .openapi('AssignmentExport');
/** Each assignment is judged by itself: what is wrong with one does not keep the others out. */
export const ImportBodySchema = z.strictObject({
  meanwhile: z.literal('assignments', '“assignments”: a file that `meanwhile assignments export` wrote'),
  version: z.literal(1, 'the number 1'),
  assignments: z.array(z.unknown()).max(1_000),
});
export const ImportedSchema = z.object({
  made: z.number().int().describe('they are paused'),
  skipped: z.array(z.object({ title: z.string(), why: z.string() })),
});

/** `false`: it had been accepted before, or is not one that is waited for. */
export const HookAnswerSchema = z.object({ accepted: z.boolean() });

/** `change`: fields that replace those of the draft before it is made. */
export const DraftBodySchema = z.strictObject({
  action: z.enum(['make', 'drop']),
  change: DraftChangeSchema.optional(),
});
export const DraftSettledSchema = z.object({
  message: MessageSchema,
  assignment: AssignmentSchema.optional(),
  hookUrl: hookUrl.optional(),
  hookSecret,
});
