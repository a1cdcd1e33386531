import { z } from '@hono/zod-openapi';
import { SERVER_NAME, SERVER_NAME_EXPECTED, serverEntryFields } from '../../../sources/server-entry.ts';
import { STATUSES } from '../../../task/status.ts';
import { ANSWER_ACTIONS, CANCEL_ANSWERS } from '../../../task/task.ts';
import {
  ASK_RULES,
  CountsSchema,
  LogEntrySchema,
  MessageSchema,
  ServerSchema,
  SessionSchema,
  TaskSchema,
  ToolRuleSchema,
} from './records.ts';

/*
 * What is asked and answered, operation by operation. Objects are strict: an unknown field is an error that
 * names it. `seq` in an answer is the number up to which the answer is complete: follow on with
 * `GET /api/events?after=seq`.
 */

const seq = z.number().int();
export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};
const title = z.string().trim().min(1).max(200);
/** Several words with commas between. */
export const listOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .string()
    .optional()
    .transform((text) => text?.split(',').filter((word) => word !== ''))
    .pipe(z.array(z.enum(words)).optional());

/** `status` takes several, with commas. */
export const TaskQuerySchema = z.strictObject({
  ...page,
  status: listOf(STATUSES),
  session: z.string().max(100).optional(),
  source: z.enum(['mcp', 'assignment', 'turn']).optional(),
  server: z.string().max(100).optional(),
  parent: z.string().max(100).optional(),
  q: z.string().max(200).optional(),
});
export const TaskPageSchema = z.object({
  tasks: z.array(TaskSchema),
  nextCursor: z.string().nullable(),
  counts: CountsSchema,
  seq,
});
/** `alsoEnds`: other work that force may end with it, as named by `would_end_others`. */
export const CancelBodySchema = z.strictObject({
  force: z.boolean().default(false),
  alsoEnds: z.array(z.string().max(100)).max(1_000).default([]),
});
export const InputBodySchema = z.strictObject({
  key: z.string().max(200),
  action: z.enum(ANSWER_ACTIONS),
  content: z.record(z.string(), z.unknown()).optional(),
});
/** Entries after a number; without one, the newest. */
export const LogQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
export const LogPageSchema = z.object({ entries: z.array(LogEntrySchema), nextAfter: z.number().int() });
/** The whole result as its source gave it; for MCP a CallToolResult. */
export const ResultSchema = z.object({ taskId: z.string(), isError: z.boolean(), content: z.unknown() });

export const PageQuerySchema = z.strictObject(page);
/** `running`: how many tasks of the session are active. */
export const SessionRowSchema = SessionSchema.extend({ running: z.number().int() }).openapi('SessionRow');
export const SessionPageSchema = z.object({
  sessions: z.array(SessionRowSchema),
  nextCursor: z.string().nullable(),
  seq,
});
export const SessionBodySchema = z.strictObject({ title: title.optional() });
/** Null takes a choice back. */
export const SessionPatchSchema = z
  .strictObject({
    title: title.optional(),
    modelId: z.string().max(64).nullable().optional(),
    tools: ToolRuleSchema.nullable().optional(),
    ask: z.enum(ASK_RULES).nullable().optional(),
    followUps: z.enum(['on', 'off']).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, {
    error: 'title, modelId, tools, ask or followUps',
  });
/** Oldest first; `nextCursor` leads to older ones. */
export const MessagePageSchema = z.object({
  messages: z.array(MessageSchema),
  nextCursor: z.string().nullable(),
  seq,
});
export const SayBodySchema = z.strictObject({ text: z.string().trim().min(1).max(100_000) });
/** The messages that the saying made at once: the user's own, and the answer or the call's. */
export const SaidSchema = z.object({ messages: z.array(MessageSchema) });

const serverName = z.string().regex(SERVER_NAME, SERVER_NAME_EXPECTED);
export const ServerBodySchema = z.strictObject({
  ...serverEntryFields,
  name: serverName,
  enabled: z.boolean().optional(),
});
/**
 * What is named is replaced; of `meanwhile.settings` each one by itself, and null takes one out. New settings start a
 * server that is on anew: `alsoEnds` names the work that ends with it, as told by `would_end_others`.
 */
export const ServerPatchSchema = z.strictObject({
  ...serverEntryFields,
  enabled: z.boolean().optional(),
  alsoEnds: z.array(z.string().max(100)).max(1_000).optional(),
});
export const ServerListSchema = z.object({
  servers: z.array(ServerSchema),
  /** Set when mcp.json does not parse: what is wrong, with line and field. */
  configError: z.string().nullable(),
  seq,
});
/** The address to open in a browser. */
export const SignInStartSchema = z.object({ url: z.string() });
export const CallBodySchema = z.strictObject({
  arguments: z.record(z.string(), z.unknown()).default({}),
  sessionId: z.string().max(100).optional(),
});
/** With a tool it is really used, twice: once to its end, once to be stopped. */
export const ServerTestBodySchema = z.strictObject({
  tool: z.string().max(200).optional(),
  arguments: z.record(z.string(), z.unknown()).optional(),
});
export const ServerReportSchema = z.object({
  checks: z.array(
    z.object({
      what: z.string(),
      result: z.enum(['ok', 'warning', 'failed', 'skipped']),
      words: z.string(),
    }),
  ),
  tools: z.array(
    z.object({
      name: z.string(),
      seen: z.object({
        reportsProgress: z.literal(true).optional(),
        hasTotals: z.literal(true).optional(),
        asks: z.literal(true).optional(),
        cancels: z.array(z.object({ at: z.string(), answer: z.enum(CANCEL_ANSWERS), ms: z.number() })),
      }),
      words: z.string(),
    }),
  ),
});
/** `result` when the call has ended, `taskId` when it has become a task, whichever was first. */
export const CallAnswerSchema = z.object({
  callId: z.string(),
  sessionId: z.string(),
  taskId: z.string().optional(),
  result: z.object({ isError: z.boolean(), content: z.unknown() }).optional().describe('the CallToolResult'),
  failure: z.object({ reason: z.string(), message: z.string() }).optional(),
});

/** What the first page offers: whether commands may run, and a first backup that is real. */
export const WelcomeSchema = z.object({
  server: z.string(),
  enabled: z.boolean(),
  /** Folders that exist here and can be backed up. */
  folders: z.array(z.object({ path: z.string(), label: z.string() })),
  /** Where the backups go. */
  destination: z.string(),
  /** The message that runs the backup; `{{source}}` stands for the chosen folder, quoted for the shell. */
  messages: z.array(z.object({ path: z.string(), text: z.string() })),
});
export const SignInBodySchema = z.strictObject({ token: z.string().min(1).max(200) });
export const HealthSchema = z.object({ status: z.enum(['ok', 'unavailable']), version: z.string() });
