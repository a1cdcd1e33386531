import { z } from 'zod';
import type { Ending } from '../../../task/report.ts';
import type { Progress } from '../../../task/task.ts';
import { type RequestOptions, RpcFault } from '../wire/own-requests.ts';
import { isObject } from '../wire/read-frame.ts';
import type { WireTap } from '../wire/wire-tap.ts';
import { endingFromError, endingFromResult, unreadable } from './call-result.ts';
import { type NumberedLines, numberedLines } from './numbered-output.ts';
import { progressWithUnits } from './progress-with-units.ts';

/** JSON-RPC 2.0, section 5.1. */
const INTERNAL_ERROR = -32603;
const STATUSES = ['working', 'input_required', 'completed', 'failed', 'cancelled'] as const;

/** A task as its server tells it, the same for both generations. Unknown fields are left alone. */
export interface TaskState {
  readonly taskId: string;
  readonly status: (typeof STATUSES)[number];
  readonly statusMessage?: string;
  readonly pollMs?: number;
  /** How long the server keeps the task, from its creation by the server's own clock. */
  readonly ttlMs?: number | null;
  readonly createdAt?: string;
  readonly lastUpdatedAt?: string;
  readonly inputRequests?: Readonly<Record<string, { method: string; params?: Record<string, unknown> }>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
  /** Its numbers and its newest output, where the server tells them in `_meta`. */
  readonly progress?: Progress;
  readonly output?: NumberedLines;
}

/** What the two generations of tasks do not have in common. */
export interface TaskDialect {
  /** Questions come as requests of the server while its result is waited for, rather than with the task. */
  readonly asksByRequest: boolean;
  /** @param around what carried the task, whose `_meta` may speak of it too */
  read(raw: unknown, around?: unknown): TaskState | undefined;
  /** @throws {RpcFault | Error} what the server or the transport says */
  get(tap: WireTap, taskId: string, options: RequestOptions): Promise<TaskState>;
  /** The end, where the task itself tells it. */
  ending(state: TaskState, asked: boolean): Ending;
  /** The end, where it must be asked for; waits for it. */
  result(tap: WireTap, taskId: string, signal: AbortSignal, isAsked: () => boolean): Promise<Ending>;
  refine(ending: Ending, state: TaskState): Ending;
}

const number = z.number().finite().nonnegative();
const common = {
  taskId: z.string().min(1).max(1_000),
  status: z.enum(STATUSES),
  statusMessage: z.string().optional().catch(undefined),
  createdAt: z.string().optional().catch(undefined),
  lastUpdatedAt: z.string().optional().catch(undefined),
};

const V1 = z.object({
  ...common,
  ttl: number.nullish().catch(undefined),
  pollInterval: number.optional().catch(undefined),
});

const V2 = z.object({
  ...common,
  ttlMs: number.nullish().catch(undefined),
  pollIntervalMs: number.optional().catch(undefined),
  inputRequests: z
    .record(
      z.string(),
      z.object({
        method: z.string().catch('nothing that has a name'),
        params: z.record(z.string(), z.unknown()).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
  result: z.record(z.string(), z.unknown()).optional().catch(undefined),
  error: z.object({ code: z.number(), message: z.string() }).optional().catch(undefined),
});

/** What a task tells beyond the protocol. */
function beyond(...carriers: readonly unknown[]): Pick<TaskState, 'progress' | 'output'> {
  const metas = carriers.map((carrier) => (isObject(carrier) ? carrier._meta : undefined));
  const first = <T>(read: (meta: unknown) => T | undefined) =>
    metas.map(read).find((told) => told !== undefined);
  const progress = first(progressWithUnits);
  const output = first((meta) => numberedLines(meta));
  return { ...(progress && { progress }), ...(output && { output }) };
}

const get = async (
  dialect: Pick<TaskDialect, 'read'>,
  tap: WireTap,
  taskId: string,
  options: RequestOptions,
): Promise<TaskState> => {
  const raw = await tap.request('tasks/get', { taskId }, options);
  const state = dialect.read(raw);
  if (state === undefined)
    throw new RpcFault({ code: INTERNAL_ERROR, message: 'it answered with what is no task.' });
  return state;
};

/** Tasks of 2025-11-25: the result is asked for with `tasks/result`, which waits until the end. */
export const v1: TaskDialect = {
  asksByRequest: true,
  read(raw, around) {
    const task = V1.safeParse(raw).data;
    if (task === undefined) return undefined;
    const { ttl, pollInterval, ...rest } = task;
    return { ...rest, ...beyond(raw, around), ttlMs: ttl, pollMs: pollInterval };
  },
  get: (tap, taskId, options) => get(v1, tap, taskId, options),
  ending: () => ({ status: 'completed' }),
  async result(tap, taskId, signal, isAsked) {
    try {
      const result = await tap.request('tasks/result', { taskId }, { timeoutMs: 0, signal });
      return endingFromResult(result, isAsked());
    } catch (error) {
      if (error instanceof RpcFault) return endingFromError(error);
      throw error;
    }
  },
  refine(ending, state) {
    if (state.status !== 'failed' || ending.status !== 'completed') return ending;
    const { content, preview } = ending;
    const message = state.statusMessage ?? 'The server says that the task failed, without words.';
    return { status: 'failed', content, preview, failure: { reason: 'protocol_error', message } };
  },
};

/** The extension of 2026-07-28 (SEP-2663): the task carries its questions, its result and its error. */
export const v2: TaskDialect = {
  asksByRequest: false,
  read(raw) {
    const task = V2.safeParse(raw).data;
    if (task === undefined) return undefined;
    const { pollIntervalMs, ...rest } = task;
    return { ...rest, ...beyond(raw), pollMs: pollIntervalMs };
  },
  get: (tap, taskId, options) => get(v2, tap, taskId, options),
  ending(state, asked) {
    if (state.status === 'completed')
      return state.result === undefined
        ? unreadable('a completed task whose result cannot be read')
        : endingFromResult(state.result, asked);
    const message = state.statusMessage ?? 'The server says that the task failed, without words.';
    return endingFromError(state.error ?? { code: -32603, message });
  },
  result: async () => ({ status: 'completed' }),
  refine: (ending) => ending,
};

export const isTerminal = ({ status }: TaskState): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

/** When the server may forget the task, by our clock: what is left of its ttl by its own clock, from now on. */
export function expiryOf(state: TaskState, nowMs: number): { expiresAt?: number } {
  if (typeof state.ttlMs !== 'number') return { expiresAt: undefined };
  const age = Date.parse(state.lastUpdatedAt ?? '') - Date.parse(state.createdAt ?? '');
  return { expiresAt: nowMs + state.ttlMs - (Number.isFinite(age) && age > 0 ? age : 0) };
}
