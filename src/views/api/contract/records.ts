import { z } from '@hono/zod-openapi';
import { STATUSES } from '../../../task/status.ts';
import { CANCEL_ANSWERS, CANCEL_SUPPORTS, FAILURE_REASONS } from '../../../task/task.ts';
import { DraftSchema, PreviewSchema } from './draft.ts';

/*
 * What travels over the API, record by record. The shapes are those of task/ and store/records.ts; a
 * compile-time test (records.test.ts) keeps both sides equal.
 */

const time = z.iso.datetime().describe('ISO 8601, UTC');
const json = z.record(z.string(), z.unknown());

export const QuestionSchema = z
  .object({
    key: z.string(),
    mode: z.enum(['form', 'url']),
    message: z.string(),
    schema: json.optional().describe('a flat JSON Schema object'),
    url: z.string().optional(),
    askedAt: time,
    sharedBy: z.number().int().optional(),
  })
  .openapi('Question');

export const TaskSchema = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    title: z.string(),
    source: z.object({
      type: z.enum(['mcp', 'assignment', 'turn']),
      server: z.string().optional(),
      tool: z.string().optional(),
      device: z.string().optional(),
      assignmentId: z.string().optional(),
      args: json.optional(),
      argsIncomplete: z.literal(true).optional().describe('secrets or long texts were taken out of args'),
      safeToRepeat: z.literal(true).optional().describe('the tool says that doing it twice does no harm'),
    }),
    sessionId: z.string().optional(),
    parentId: z.string().optional(),
    status: z.enum(STATUSES),
    statusMessage: z.string().optional(),
    progress: z
      .object({
        value: z.number(),
        total: z.number().optional(),
        unit: z.string().optional(),
        message: z.string().optional(),
        phase: z.string().optional().describe('names what is counted now; another phase begins anew'),
      })
      .optional(),
    cancel: z.object({
      support: z.enum(CANCEL_SUPPORTS),
      canForce: z.literal(true).optional().describe('whether the processes of the server are ours to end'),
      requestedAt: time.optional(),
      requestedBy: z.string().optional(),
      answer: z.enum(CANCEL_ANSWERS).optional(),
      note: z.string().optional(),
    }),
    input: z.array(QuestionSchema).readonly().optional().describe('what is asked, while input_required'),
    contactLost: z.object({ since: time, note: z.string() }).optional(),
    createdAt: time,
    startedAt: time,
    aliveAt: time,
    progressedAt: time.optional(),
    endedAt: time.optional(),
    result: z.object({ preview: z.string(), isError: z.boolean(), contentRef: z.string() }).optional(),
    failure: z
      .object({ reason: z.enum(FAILURE_REASONS), message: z.string(), code: z.number().optional() })
      .optional(),
    delivery: z.object({
      state: z.enum(['none', 'pending', 'delivered', 'undeliverable']),
      messageId: z.string().optional(),
      deliveredAt: time.optional(),
      seenAt: time.optional(),
      error: z.string().optional(),
    }),
    expected: z.object({ medianMs: z.number(), p90Ms: z.number(), runs: z.number().int() }).optional(),
  })
  .openapi('Task');

export const ToolRuleSchema = z
  .strictObject({
    only: z.array(z.string().max(200)).max(1_000).optional(),
    except: z.array(z.string().max(200)).max(1_000).optional(),
  })
  .describe('which tools the assistant may use, as server or server.tool; nothing named is everything');
export const ASK_RULES = ['by_annotation', 'always', 'never'] as const;

export const SessionSchema = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    title: z.string(),
    kind: z.enum(['chat', 'direct']),
    createdAt: time,
    updatedAt: time,
    deletedAt: time.optional(),
    modelId: z.string().optional().describe('the model that answers here; without one the default does'),
    tools: ToolRuleSchema.optional(),
    ask: z.enum(ASK_RULES).optional(),
    followUps: z.enum(['on', 'off']).optional(),
  })
  .openapi('Session');

const CallPartSchema = z.object({
  type: z.literal('call'),
  callId: z.string(),
  server: z.string(),
  tool: z.string(),
  arguments: json,
  state: z.enum(['open', 'task', 'completed', 'failed', 'cancelled']),
  startedAt: time,
  durationMs: z.number().optional(),
  taskId: z.string().optional(),
  preview: z.string().optional(),
  failure: z.object({ reason: z.string(), message: z.string() }).optional(),
});

/** An assignment that waits for a person's yes. */
const DraftPartSchema = z.object({
  type: z.literal('draft'),
  draft: DraftSchema,
  preview: PreviewSchema,
  state: z.enum(['open', 'made', 'dropped']),
  assignmentId: z.string().optional(),
  by: z.literal('assistant').optional(),
  changes: z.string().optional().describe('the assignment that it changes'),
});

/** What the assistant asked of a tool, and what it was told. */
const UsePartSchema = z.object({
  type: z.literal('use'),
  callId: z.string(),
  server: z.string(),
  tool: z.string(),
  arguments: json,
  state: z.enum(['asked', 'running', 'background', 'answered']),
  messageId: z.string().optional().describe('the message that holds the call'),
  taskId: z.string().optional(),
  told: z.object({ text: z.string(), isError: z.boolean() }).optional(),
  providerData: json.optional(),
});

/** A use that waits for a person's word. */
const ApprovalPartSchema = z.object({
  type: z.literal('approval'),
  callId: z.string(),
  server: z.string(),
  tool: z.string(),
  arguments: json,
  state: z.enum(['open', 'allowed', 'declined']),
  remembered: z.enum(['tool', 'server']).optional(),
});

const TurnStepSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'waiting', 'done', 'stopped', 'interrupted', 'failed']),
  modelId: z.string(),
  step: z.number().int(),
  cause: z.enum(['said', 'task_ended', 'assignment']),
  startedAt: time,
  endedAt: time.optional(),
  usage: z
    .object({
      inputTokens: z.number(),
      outputTokens: z.number(),
      cachedInputTokens: z.number().optional(),
      cost: z.number().optional(),
      currency: z.string().optional(),
    })
    .optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  retry: z.object({ at: time, attempt: z.number().int(), message: z.string() }).optional(),
  leftOut: z.number().int().optional(),
});

export const MessageSchema = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    sessionId: z.string(),
    role: z.enum(['user', 'assistant', 'system']),
    parts: z.array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('text'), text: z.string() }),
        z.object({ type: z.literal('reasoning'), text: z.string() }),
        UsePartSchema,
        ApprovalPartSchema,
        CallPartSchema,
        z.object({ type: z.literal('task'), task: TaskSchema }),
        DraftPartSchema,
        z.object({
          type: z.literal('notice'),
          text: z.string(),
          code: z.string().optional(),
          covers: z.string().optional(),
        }),
      ]),
    ),
    taskId: z.string().optional(),
    createdAt: time,
    turn: TurnStepSchema.optional(),
    supersededBy: z.string().optional(),
  })
  .openapi('Message');

export const ToolSchema = z
  .object({
    name: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    inputSchema: json,
    annotations: json.optional(),
    taskSupport: z.enum(['required', 'optional', 'forbidden']).optional(),
  })
  .openapi('Tool');

const settingValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

export const ServerSettingsSchema = z
  .object({
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['directory', 'file', 'string', 'number', 'boolean']),
        title: z.string(),
        description: z.string().optional(),
        multiple: z.literal(true).optional().describe('a list of such values'),
        required: z.literal(true).optional(),
        default: settingValue.optional().describe('what the server takes where nothing is set'),
        min: z.number().optional(),
        max: z.number().optional(),
        whole: z.literal(true).optional().describe('a whole number'),
        suggestions: z.array(z.string()).optional(),
        options: z.array(z.string()).optional().describe('the only texts that may be given'),
        value: settingValue.optional().describe('as it stands in mcp.json'),
        expanded: settingValue.optional().describe('the same with its variables filled in'),
      }),
    ),
    secrets: z.array(z.string()).optional().describe('set through the environment, not here'),
    problem: z.string().optional().describe('why the manifest cannot be read'),
  })
  .openapi('ServerSettings');

export const ServerSchema = z
  .object({
    name: z.string(),
    seq: z.number().int(),
    title: z.string().optional(),
    description: z.string().optional(),
    enabled: z.boolean(),
    transport: z.enum(['stdio', 'http', 'sse']),
    target: z.string(),
    state: z.enum(['connecting', 'ready', 'off', 'failed', 'removed']),
    error: z.object({ message: z.string(), hint: z.string().optional() }).optional(),
    stderrTail: z.string().optional(),
    retryAt: time.optional(),
    attempts: z.number().int().optional(),
    protocolVersion: z.string().optional(),
    generation: z.enum(['plain', 'v1', 'v2']).optional(),
    negotiatedAt: time.optional(),
    signIn: z.enum(['needed', 'done']).optional(),
    serverVersion: z.string().optional(),
    settings: ServerSettingsSchema.optional(),
    tools: z.array(ToolSchema),
  })
  .openapi('Server');

export const LogEntrySchema = z
  .object({
    n: z.number().int(),
    at: time,
    kind: z.enum(['status', 'progress', 'server', 'output', 'cut']),
    text: z.string(),
  })
  .openapi('LogEntry');

export const CountsSchema = z
  .object(
    Object.fromEntries(STATUSES.map((status) => [status, z.number().int()])) as Record<
      (typeof STATUSES)[number],
      z.ZodNumber
    >,
  )
  .openapi('Counts');

/** RFC 9457. `code` is from the catalogue (docs/errors.md); `errors` names each wrong field. */
export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ field: z.string(), expected: z.string() })).optional(),
    others: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .optional()
      .describe('other work touched'),
  })
  .openapi('Problem');
