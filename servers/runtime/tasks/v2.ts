import {
  MissingRequiredClientCapabilityError,
  ProtocolError,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Job } from '../job/job.ts';
import type { Jobs } from '../job/jobs.ts';
import { CODES, type Json, META, TASKS_EXTENSION } from '../protocol.ts';
import { elicitation, readAnswer } from './elicitation.ts';
import { POLL_MS, statusMessageOf, taskMeta } from './task-words.ts';

/* Tasks of the extension `io.modelcontextprotocol/tasks` (SEP-2663), for 2026-07-28. */

/** Whether the client of a request can follow tasks. */
export function canFollowTasks({ mcpReq }: ServerContext): boolean {
  const envelope = mcpReq.envelope as Json | undefined;
  const capabilities = envelope?.[META.capabilities] as { extensions?: Json } | undefined;
  return capabilities?.extensions?.[TASKS_EXTENSION] !== undefined;
}

/** A job as a DetailedTask, flat. */
export function taskV2(job: Job): Json {
  const { id, createdAt, lastUpdatedAt, ending, questions } = job;
  const status = ending === undefined ? (questions.length > 0 ? 'input_required' : 'working') : statusOf(job);
  const statusMessage = statusMessageOf(job);
  return {
    taskId: id,
    status,
    ...(statusMessage !== undefined && { statusMessage }),
    createdAt,
    lastUpdatedAt,
    ttlMs: null,
    pollIntervalMs: POLL_MS,
    ...(status === 'input_required' && { inputRequests: inputRequests(job) }),
    ...(status === 'completed' && { result: ending?.result }),
    ...(status === 'failed' && { error: { code: ending?.error?.code, message: ending?.error?.message } }),
    ...taskMeta(job),
  };
}

/** There a tool that failed is a completed task whose result says `isError`. */
function statusOf({ ending }: Job): string {
  if (ending?.status === 'cancelled') return 'cancelled';
  return ending?.error ? 'failed' : 'completed';
}

/** All that is asked now, as the input requests of a task or of an answer to a call. */
export const inputRequests = ({ questions }: Job): Json =>
  Object.fromEntries(questions.map(({ key, question }) => [key, elicitation(question)]));

const TaskParams = z.looseObject({ taskId: z.string() });
/** Answers `tasks/get`, `tasks/update` and `tasks/cancel`. */
export function serveTasksV2(server: Server, jobs: Jobs): void {
  const existing = (taskId: string, context: ServerContext): Job => {
    if (!canFollowTasks(context))
      throw new MissingRequiredClientCapabilityError({
        requiredCapabilities: { extensions: { [TASKS_EXTENSION]: {} } },
      });
    const job = jobs.find(taskId);
    if (job === undefined) throw new ProtocolError(CODES.invalidParams, `There is no task ${taskId}.`);
    return job;
  };
  server.setRequestHandler('tasks/get', { params: TaskParams }, ({ taskId }, context) =>
    taskV2(existing(taskId, context)),
  );
  server.setRequestHandler('tasks/update', { params: TaskParams }, ({ taskId }, context) => {
    const job = existing(taskId, context);
    // The SDK takes the answers out of the params of every request.
    for (const [key, response] of Object.entries(context.mcpReq.inputResponses ?? {}))
      job.answer(key, readAnswer(response as Json));
    return {};
  });
  server.setRequestHandler('tasks/cancel', { params: TaskParams }, ({ taskId }, context) => {
    existing(taskId, context).stop('cancelled');
    return {};
  });
}
