import { z } from 'zod';
import type { Handle } from '../../../task/report.ts';
import { CANCEL_SUPPORTS } from '../../../task/task.ts';

/*
 * What is kept of work so that it is found again: by a later connection, or by the next run of the host. Each kind is
 * read by the driver that wrote it.
 */

const asked = z
  .array(
    z.object({
      key: z.string(),
      /** The JSON-RPC id that the answer must carry. */
      id: z.union([z.string(), z.number()]),
    }),
  )
  .optional();
const session = z.object({ sessionId: z.string(), protocolVersion: z.string() });
const token = z.string();

/** The first line of numbered output that is not in the log yet. */
const nextLine = z.number().optional();

/** A task of 2025-11-25. It is known in its session only, where there are sessions. */
const V1 = z.object({
  kind: z.literal('v1'),
  taskId: z.string(),
  token,
  session: session.optional(),
  expiresAt: z.number().optional(),
  nextLine,
  asked,
});

/** A task of the extension: known by its id alone. */
const V2 = z.object({
  kind: z.literal('v2'),
  taskId: z.string(),
  token,
  expiresAt: z.number().optional(),
  nextLine,
});

/** A plain call whose response stream can be taken up again. */
const Stream = z.object({
  kind: z.literal('stream'),
  token,
  session,
  requestId: z.union([z.string(), z.number()]),
  eventId: z.string(),
  asked,
});

/** A call that the server broke off to ask something (2026-07-28): it is made again, with the answers. */
const Round = z.object({
  kind: z.literal('round'),
  token,
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  cancelSupport: z.enum(CANCEL_SUPPORTS),
  round: z.number(),
  requestState: z.string().optional(),
  requests: z.record(z.string(), z.record(z.string(), z.unknown())),
  responses: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** The answers are given on pages to visit; the call is then made again as it was. */
  visit: z.literal(true).optional(),
});

const WorkHandle = z.discriminatedUnion('kind', [V1, V2, Stream, Round]);

export type WorkHandle = z.infer<typeof WorkHandle>;
export type TaskHandle = Extract<WorkHandle, { kind: 'v1' | 'v2' }>;
export type StreamHandle = Extract<WorkHandle, { kind: 'stream' }>;
export type RoundHandle = Extract<WorkHandle, { kind: 'round' }>;

/** What a handle says, or nothing when it is none of ours. */
export const readHandle = (handle: Handle): WorkHandle | undefined => WorkHandle.safeParse(handle).data;
