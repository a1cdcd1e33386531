import { z } from '@hono/zod-openapi';
import { STATUSES } from '../../../task/status.ts';
import {
  CountsSchema,
  LogEntrySchema,
  MessageSchema,
  ServerSchema,
  SessionSchema,
  TaskSchema,
} from './records.ts';

/*
 * What is asked and answered, operation by operation. Objects are strict: an unknown field is an error that
 * names it. `seq` in an answer is the number up to which the answer is complete: follow on with
 * `GET /api/events?after=seq`.
 */

const seq = z.number().int();
const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};
const title = z.string().trim().min(1).max(200);

/** `status` takes several, with commas. */
export const TaskQuerySchema = z.strictObject({
  ...page,
  status: z
    .string()
    .optional()
    .transform((text) => text?.split(',').filter((word) => word !== ''))
    .pipe(z.array(z.enum(STATUSES)).optional()),
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
export const CancelBodySchema = z.strictObject({ force: z.boolean().default(false) });
export const InputBodySchema = z.strictObject({
  key: z.string().max(200),
  action: z.enum(['accept', 'decline', 'cancel']),
  content: z.record(z.string(), z.unknown()).optional(),
});
export const LogQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
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
export const SessionPatchSchema = z.strictObject({ title });
/** Oldest first; `nextCursor` leads to older ones. */
export const MessagePageSchema = z.object({
  messages: z.array(MessageSchema),
  nextCursor: z.string().nullable(),
  seq,
});
export const SayBodySchema = z.strictObject({ text: z.string().trim().min(1).max(100_000) });
/** The messages that the saying made at once: the user's own, and the answer or the call's. */
export const SaidSchema = z.object({ messages: z.array(MessageSchema) });

const strings = z.record(z.string(), z.string());
/** Ours, beside the entry that other hosts know. Times in milliseconds; 0 turns a limit off. */
export const MeanwhileSettingsSchema = z.strictObject({
  enabled: z.boolean().optional(),
  title: z.string().max(100).optional(),
  description: z.string().max(500).optional(),
  cancel: z.enum(['none', 'request', 'confirmed']).optional(),
  idleTimeoutMs: z.number().int().min(0).optional(),
  totalTimeoutMs: z.number().int().min(0).optional(),
  maxConcurrent: z.number().int().min(1).max(1_000).optional(),
  taskAfterMs: z.number().int().min(0).optional(),
});
export const ServerEntrySchema = z.strictObject({
  type: z.enum(['stdio', 'http', 'streamable-http']).optional(),
  command: z.string().min(1).optional(),
  args: z.array(z.string()).optional(),
  env: strings.optional(),
  cwd: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  headers: strings.optional(),
  meanwhile: MeanwhileSettingsSchema.optional(),
});
const serverName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64, first a letter or digit');
export const ServerBodySchema = ServerEntrySchema.extend({
  name: serverName,
  enabled: z.boolean().optional(),
});
export const ServerPatchSchema = ServerEntrySchema.extend({ enabled: z.boolean().optional() });
export const ServerListSchema = z.object({
  servers: z.array(ServerSchema),
  /** Set when mcp.json does not parse: what is wrong, with line and field. */
  configError: z.string().nullable(),
  seq,
});
export const CallBodySchema = z.strictObject({
  arguments: z.record(z.string(), z.unknown()).default({}),
  sessionId: z.string().max(100).optional(),
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
