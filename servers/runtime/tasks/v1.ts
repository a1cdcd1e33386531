import { ProtocolError, type Server } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { resultOf } from '../job/ending.ts';
import type { Job } from '../job/job.ts';
import type { Jobs } from '../job/jobs.ts';
import { CODES, type Json, META } from '../protocol.ts';
import { askByRequest } from './ask-by-request.ts';
import { POLL_MS, statusMessageOf, taskMeta } from './task-words.ts';

/* Tasks of 2025-11-25 (SEP-1686), where the client asks for one. */

/** How long a cancel waits for the end of the work before it answers that the work goes on. */
const CANCEL_WAIT_MS = 20_000;

/** A job as a Task, flat. */
export function taskV1(job: Job): Json {
  const { id, createdAt, lastUpdatedAt, ending, questions } = job;
  const statusMessage = statusMessageOf(job);
  return {
    taskId: id,
    status: ending?.status ?? (questions.length > 0 ? 'input_required' : 'working'),
    ...(statusMessage !== undefined && { statusMessage }),
    createdAt,
    lastUpdatedAt,
    ttl: null,
    pollInterval: POLL_MS,
    ...taskMeta(job),
  };
}

/** Whether a call asks for a task. */
export const asksForTask = (params: Json | undefined): boolean =>
  typeof params?.task === 'object' && params.task !== null;

const TaskParams = z.looseObject({ taskId: z.string() });

/** Answers `tasks/get`, `tasks/result`, `tasks/list` and `tasks/cancel`. */
export function serveTasksV1(server: Server, jobs: Jobs): void {
  const existing = (taskId: string): Job => {
    const job = jobs.find(taskId);
    if (job === undefined)
      throw new ProtocolError(CODES.invalidParams, `Failed to retrieve task: there is no task ${taskId}.`);
    return job;
  };
  server.setRequestHandler('tasks/get', { params: TaskParams }, ({ taskId }) => taskV1(existing(taskId)));
  server.setRequestHandler('tasks/list', { params: z.looseObject({}) }, () => ({
    tasks: jobs.kept().map(taskV1),
  }));
  server.setRequestHandler('tasks/result', { params: TaskParams }, async ({ taskId }, context) => {
    const job = existing(taskId);
    const meta = { [META.relatedTask]: { taskId } };
    const settled = new AbortController();
    askByRequest(job, context, settled.signal, { meta, wasAsked: askedOf(job) });
    try {
      const ending = await Promise.race([job.ended, aborted(context.mcpReq.signal)]);
      return { ...resultOf(ending), _meta: meta };
    } finally {
      settled.abort();
    }
  });
  server.setRequestHandler('tasks/cancel', { params: TaskParams }, async ({ taskId }) => {
    const job = existing(taskId);
    if (job.ending !== undefined)
      throw new ProtocolError(CODES.invalidParams, `Cannot cancel task: it is ${job.ending.status} already.`);
    job.stop('cancelled');
    const waited = new AbortController();
    await Promise.race([job.ended, after(CANCEL_WAIT_MS, waited.signal)]);
    waited.abort();
    return taskV1(job);
  });
}

/** What was put to the client, over all the streams on which the result of a job is waited for. */
const asked = new WeakMap<Job, Set<string>>();

function askedOf(job: Job): Set<string> {
  const keys = asked.get(job) ?? new Set();
  asked.set(job, keys);
  return keys;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function after(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
