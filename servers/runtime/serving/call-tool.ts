import { setTimeout as sleep } from 'node:timers/promises';
import {
  type JSONRPCRequest,
  ProtocolError,
  type Result,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { fieldProblems } from '../field-problems.ts';
import { type Ending, resultOf } from '../job/ending.ts';
import { Job } from '../job/job.ts';
import type { Teller } from '../job/teller.ts';
import { CODES, type Json } from '../protocol.ts';
import { askByRequest } from '../tasks/ask-by-request.ts';
import { readAnswer } from '../tasks/elicitation.ts';
import { asksForTask, taskV1 } from '../tasks/v1.ts';
import { canFollowTasks, inputRequests, taskV2 } from '../tasks/v2.ts';
import type { AnyTool } from '../tool.ts';
import type { Caller } from './caller.ts';
import type { Serving } from './serving.ts';

/** Over HTTP, a call that takes longer becomes a task, for a client that can follow one. */
const TASK_AFTER_MS = 300;

const CallParams = z.looseObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Answers `tools/call` in the way that the client can follow: plainly, as a task of 2025-11-25 if it asks for one, as
 * one of the extension if it can, or with questions.
 * @throws {ProtocolError} for what is wrong with the request itself
 */
export async function callTool(
  serving: Serving,
  caller: Caller,
  request: JSONRPCRequest,
  context: ServerContext,
): Promise<Result> {
  const params = CallParams.safeParse(request.params ?? {});
  if (!params.success) throw new ProtocolError(CODES.invalidParams, fieldProblems(params.error));
  const tool = serving.tools.get(params.data.name);
  if (tool === undefined)
    throw new ProtocolError(CODES.invalidParams, `There is no tool ${params.data.name}.`);

  const state = context.mcpReq.requestState();
  if (typeof state === 'string') return followAgain(serving, caller, tool, state, context);

  const args = tool.input.safeParse(params.data.arguments);
  if (!args.success) return refusal(fieldProblems(args.error));
  if (serving.jobs.isClosing) return refusal('The server is shutting down, so nothing more is started.');

  const isTask = caller.era === 'legacy' && tool.isLong && asksForTask(request.params);
  const teller = isTask ? caller.tellerForTask(context) : caller.teller(context);
  const job = new Job(tool, args.data, { canAsk: caller.canAsk(context), listener: teller });
  serving.jobs.add(job);
  if (isTask) {
    serving.jobs.keep(job);
    caller.tellTaskStatus(job);
    return { task: taskV1(job) };
  }
  return follow(serving, caller, { tool, job, teller, context });
}

/** The call is made again with answers, and goes on where it was. */
function followAgain(
  serving: Serving,
  caller: Caller,
  tool: AnyTool,
  state: string,
  context: ServerContext,
): Promise<Result> {
  const job = serving.parked.take(state);
  if (job === undefined || job.tool !== tool.name)
    throw new ProtocolError(
      CODES.invalidParams,
      'requestState: nothing waits for an answer under it any more.',
    );
  const teller = caller.teller(context);
  job.listenedBy(teller);
  for (const [key, response] of Object.entries(context.mcpReq.inputResponses ?? {}))
    job.answer(key, readAnswer(response as Json));
  return follow(serving, caller, { tool, job, teller, context });
}

interface Followed {
  readonly tool: AnyTool;
  readonly job: Job;
  readonly teller: Teller;
  readonly context: ServerContext;
}

async function follow(serving: Serving, caller: Caller, followed: Followed): Promise<Result> {
  const { tool, job, context } = followed;
  const { signal } = context.mcpReq;
  const canTask =
    caller.era === 'modern' && tool.isLong && serving.tasks !== 'never' && canFollowTasks(context);
  const stop = () => job.stop(serving.jobs.isClosing ? 'shutdown' : 'cancelled');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  if (canTask && serving.tasks === 'always') {
    signal.removeEventListener('abort', stop);
    return handBack(serving, followed);
  }
  const settled = new AbortController();
  if (caller.era === 'legacy') askByRequest(job, context, settled.signal);
  try {
    const what = await Promise.race([
      job.ended,
      ...(caller.era === 'modern' ? [untilAsked(job, settled.signal)] : []),
      ...(canTask ? [untilDue(serving, settled.signal)] : []),
    ]);
    if (typeof what !== 'string') return await answer(what, followed);
    if (signal.aborted) return await answer(await job.ended, followed);
    if (what === 'asked' && !canTask) {
      job.listenedBy(undefined);
      return {
        resultType: 'input_required',
        inputRequests: inputRequests(job),
        requestState: serving.parked.park(job),
      };
    }
    return await handBack(serving, followed);
  } finally {
    settled.abort();
    signal.removeEventListener('abort', stop);
  }
}

/** Whoever wants to know of the job asks about it from now on. */
async function handBack({ jobs }: Serving, { job, teller }: Followed): Promise<Result> {
  job.listenedBy(undefined);
  await teller.flushed();
  jobs.keep(job);
  return { resultType: 'task', ...taskV2(job) };
}

async function answer(ending: Ending, { teller, context, job }: Followed): Promise<Result> {
  if (job.stopReason === 'cancelled') teller.stopped(context.mcpReq.id, ending.stop);
  await teller.flushed();
  return resultOf(ending);
}

/** Settles when something is asked that nobody has answered. */
function untilAsked(job: Job, signal: AbortSignal): Promise<'asked'> {
  return new Promise((resolve) => {
    const look = () => {
      // A turn later, so that what is asked together is sent together.
      if (job.questions.length > 0) setImmediate(() => job.questions.length > 0 && resolve('asked'));
    };
    const unwatch = job.watch(look);
    signal.addEventListener('abort', unwatch, { once: true });
    look();
  });
}

async function untilDue({ transport }: Serving, signal: AbortSignal): Promise<'due'> {
  if (transport === 'stdio') return new Promise(() => {});
  return sleep(TASK_AFTER_MS, 'due' as const, { signal }).catch(() => 'due' as const);
}

const refusal = (text: string): Result => ({ content: [{ type: 'text', text }], isError: true });
