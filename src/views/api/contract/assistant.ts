import { z } from '@hono/zod-openapi';
import { MessageSchema, SessionSchema } from './records.ts';

/* What is asked of the assistant beside saying something. */

/** The step that was stopped, as it stands now; null where nothing went on. */
export const StoppedSchema = z.object({ message: MessageSchema.nullable() });
/** The steps that go on or wait for a person, of all chats. */
export const OpenStepsSchema = z.object({ messages: z.array(MessageSchema), seq: z.number().int() });
export const EditBodySchema = z.strictObject({ text: z.string().trim().min(1).max(100_000) });
export const BranchBodySchema = z.strictObject({ messageId: z.string().max(100) });
/** `remember`: the answer holds from now on for this tool, or for all tools of its server. */
export const ApprovalBodySchema = z.strictObject({
  allow: z.boolean(),
  remember: z.enum(['tool', 'server']).optional(),
});
export const RememberedSchema = z
  .object({
    id: z.string().describe('server, or server.tool'),
    server: z.string(),
    tool: z.string().optional(),
    allow: z.boolean(),
    at: z.iso.datetime(),
  })
  .openapi('Remembered');
export const RememberedListSchema = z.object({ remembered: z.array(RememberedSchema) });
const followUpFields = {
  when: z
    .union([
      z.enum(['ended', 'slower_than_usual']),
      z.strictObject({ progress: z.number().min(1).max(100).describe('in percent') }),
    ])
    .describe('slower_than_usual: longer than nine of ten runs of its tool took'),
  text: z.string().trim().min(1).max(4_000).describe('said in the chat of the task, once'),
};
export const FollowUpBodySchema = z.strictObject(followUpFields);
export const FollowUpPatchSchema = z
  .strictObject(followUpFields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one of when and text');
/** One that waits. */
export const FollowUpSchema = z
  .object({
    id: z.string(),
    taskId: z.string(),
    ...followUpFields,
    by: z.enum(['person', 'assistant']),
    createdAt: z.iso.datetime(),
  })
  .openapi('FollowUp');
export const FollowUpListSchema = z.object({
  followUps: z.array(FollowUpSchema),
  awaited: z.boolean().describe('the assistant knows that the end of this task will come'),
  muted: z.boolean().describe('it takes no turn then'),
});
const tokens = {
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number(),
};
/** Summed over all steps, hidden ones too: they were paid for. Costs are by currency, where models have a price. */
export const UsageSchema = z
  .object({
    ...tokens,
    turns: z.number().int(),
    steps: z.number().int(),
    costs: z.array(z.object({ currency: z.string(), cost: z.number() })),
    byModel: z.array(z.object({ modelId: z.string(), ...tokens, cost: z.number().optional() })),
  })
  .openapi('Usage');
export const ExportQuerySchema = z.strictObject({ format: z.enum(['markdown', 'json']).default('markdown') });
/** A session whole, to be kept. */
export const SessionExportSchema = z.object({
  meanwhile: z.literal('session'),
  version: z.literal(1),
  session: SessionSchema,
  messages: z.array(MessageSchema),
});
/** Whether the assistant takes no turn when this task ends. */
export const MuteBodySchema = z.strictObject({ muted: z.boolean() });
