import { type Clock, isoNow } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { CallPart, Message, Tool } from '../../../store/records.ts';
import type { Ending, Handle, LogLine } from '../../../task/report.ts';
import type { Cancel, Progress } from '../../../task/task.ts';
import { persist } from '../../../tracker/persist.ts';
import { nextProgress } from '../../../tracker/progress.ts';
import type { Tracker } from '../../../tracker/tracker.ts';
import type { CallAnswer } from '../../source.ts';
import type { CallObserver, RunningCall } from '../drivers/driver.ts';
import { callTitle } from './call-title.ts';
import type { FollowedWork } from './followed-work.ts';
import { type TaskObserver, taskObserver } from './task-observer.ts';
import { timeLimits } from './time-limits.ts';
import type { Seen } from './tool-records.ts';
import { withTimers } from './with-timers.ts';

const PROMOTION_RETRY_MS = 1_000;
const EARLY_LINES = 500;

export interface CallSettings {
  readonly taskAfterMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly cancelSupport: Cancel['support'];
  readonly canForce: boolean;
}

/** One call that has been sent: short calls stay calls, others become a task by themselves. */
export interface FollowedCall extends FollowedWork {
  /** Settles when the call has ended or has become a task, whichever is first. */
  readonly answered: Promise<CallAnswer>;
}

/**
 * Follows a call from its sending to its end. It becomes a task when it runs past `taskAfterMs`, with its first
 * progress, when it asks something, or when its server hands back a task, whichever is first; its end is then a
 * report, and otherwise an update of its message.
 * @param message the saved message that holds the call as its only part
 */
export function followCall(parts: {
  store: Store;
  tracker: Tracker;
  clock: Clock;
  log: Logger;
  message: Unnumbered<Message>;
  tool: Tool;
  settings: CallSettings;
  parentId?: string | undefined;
  /** Whether the arguments in the message are all that was sent. */
  argumentsWhole: boolean;
  start: (observer: CallObserver) => RunningCall;
  seen: (seen: Seen) => void;
}): FollowedCall {
  const { store, tracker, clock, log, message, tool, settings } = parts;
  const part = message.parts[0] as CallPart;
  const title = callTitle(tool, part.arguments);
  const answered = Promise.withResolvers<CallAnswer>();
  const promoted = Promise.withResolvers<TaskObserver>();
  const startedMs = clock.now();
  let newest: Progress | undefined;
  let early: LogLine[] = [];
  let handle: Handle | undefined;
  let taskId: string | undefined;
  let task: TaskObserver | undefined;
  let promotion: Promise<void> | undefined;
  let endedAs: Ending | undefined;
  let ended = false;

  const update = (change: Partial<CallPart>) => ({
    type: 'message' as const,
    message: { ...message, parts: [{ ...part, ...change }] },
  });

  async function promote(): Promise<void> {
    const id = newId('task');
    const marker = {
      id,
      title,
      source: {
        type: 'mcp' as const,
        server: part.server,
        tool: part.tool,
        args: part.arguments,
        ...(parts.argumentsWhole ? {} : { argsIncomplete: true as const }),
        ...(isSafeToRepeat(tool) ? { safeToRepeat: true as const } : {}),
      },
      sessionId: message.sessionId,
      ...(parts.parentId !== undefined && { parentId: parts.parentId }),
      cancel: { support: settings.cancelSupport, ...(settings.canForce ? { canForce: true as const } : {}) },
      startedAt: part.startedAt,
      progress: newest,
    };
    const told = { newest, handle };
    try {
      await tracker.note({ type: 'started', task: marker, handle }, [update({ state: 'task', taskId: id })]);
    } catch (error) {
      log.warn({ err: error, call: part.callId }, 'a call could not become a task yet');
      promotion = undefined;
      if (!ended) callOffPromotion = clock.after(PROMOTION_RETRY_MS, becomeTask);
      return;
    }
    taskId = id;
    task = taskObserver({ taskId: id, tracker, clock, limits, handled: handle !== undefined });
    if (newest !== undefined) {
      // What has been told with the start is only noted as seen.
      task.progress(newest);
    }
    if (handle !== told.handle && handle !== undefined) task.keep(handle);
    if (early.length > 0) task.log(early);
    early = [];
    promoted.resolve(task);
    answered.resolve({ callId: part.callId, sessionId: message.sessionId, taskId: id });
  }

  function becomeTask() {
    callOffPromotion();
    if (!ended) promotion ??= promote();
  }

  async function finish(given: Ending): Promise<void> {
    ended = true;
    callOffPromotion();
    limits.close();
    await promotion;
    const ending = given.status === 'completed' ? given : (endedAs ?? given);
    if (taskId !== undefined) {
      if (task !== undefined) parts.seen(task.seen(given)); // an end by force is none of the tool's
      await tracker.note({ type: 'ended', taskId, ending });
      return;
    }
    const { failure } = ending;
    const change: Partial<CallPart> = {
      state: ending.status === 'completed' || ending.status === 'cancelled' ? ending.status : 'failed',
      durationMs: clock.now() - startedMs,
      preview: ending.preview,
      ...(failureOf(ending) === undefined ? {} : { failure: failureOf(ending) }),
    };
    const write = update(change);
    await persist(() => store.writer.commit([write], 'quick'), clock, log, `the end of ${part.callId}`);
    answered.resolve({
      callId: part.callId,
      sessionId: message.sessionId,
      ...(ending.content === undefined
        ? {}
        : { result: { isError: ending.isError ?? false, content: JSON.parse(ending.content) } }),
      ...(failure === undefined && ending.status !== 'lost' ? {} : { failure: failureOf(ending) }),
    });
  }

  /** What needs a task to stand on waits until there is one. */
  async function asTask(tell: (task: TaskObserver) => void | Promise<void>): Promise<void> {
    if (task === undefined) becomeTask();
    if (task !== undefined || !ended) await tell(task ?? (await promoted.promise));
  }

  const observer: CallObserver = {
    progress(progress) {
      limits.sign();
      newest = nextProgress(newest, progress);
      if (task !== undefined) task.progress(progress);
      else becomeTask();
    },
    log(lines) {
      limits.sign();
      if (task === undefined) early = [...early, ...lines].slice(-EARLY_LINES);
      else task.log(lines);
    },
    async handle(next) {
      handle = next ?? undefined;
      await asTask((task) => task.handle(next));
    },
    keep(next) {
      handle = next;
      task?.keep(next);
    },
    asked: (question, next) => asTask((task) => task.asked(question, next)),
    told: (said) => void asTask((task) => task.told(said)),
    standing: () => task?.standing() ?? [],
    answered: (key, action) => task?.answered(key, action),
    withdrawn: (key, why) => task?.withdrawn(key, why),
    contactLost: (note) => void asTask((task) => task.contactLost(note)),
    contactBack: () => task?.contactBack(),
    cancelNoted: (answer, note) => task?.cancelNoted(answer, note),
    corrected: (ending) => task?.corrected(ending),
  };

  let callOffPromotion = clock.after(settings.taskAfterMs, becomeTask);
  const limits = timeLimits(clock, settings, (ending) => running.giveUp(ending));
  const running = parts.start(observer);
  const finished = running.done.then(finish).catch((error: unknown) => {
    log.error({ err: error, call: part.callId }, 'the end of a call could not be saved');
    answered.reject(error);
  });
  answered.promise.catch(() => {});

  return {
    get id() {
      return taskId ?? part.callId;
    },
    title,
    server: part.server,
    get taskId() {
      return taskId;
    },
    running: withTimers(running, () => {
      limits.close();
      callOffPromotion();
    }),
    answered: answered.promise,
    finished,
    endAs(ending) {
      endedAs = ending;
    },
  };
}

/** A tool says so by its annotations (MCP, "ToolAnnotations"). */
const isSafeToRepeat = ({ annotations }: Tool): boolean =>
  annotations?.readOnlyHint === true || annotations?.idempotentHint === true;

function failureOf({ failure, status, statusMessage }: Ending): CallPart['failure'] {
  if (failure !== undefined) return { reason: failure.reason, message: failure.message };
  return status === 'lost'
    ? { reason: 'lost', message: statusMessage ?? 'Its end is not known.' }
    : undefined;
}

/** The message that holds a call, as it is written before the call is sent. */
export function callMessage(
  clock: Clock,
  call: {
    server: string;
    tool: string;
    arguments: Readonly<Record<string, unknown>>;
    sessionId: string;
    messageId?: string;
  },
): Unnumbered<Message> {
  const now = isoNow(clock);
  return {
    id: call.messageId ?? newId('msg'),
    sessionId: call.sessionId,
    role: 'assistant',
    createdAt: now,
    parts: [
      {
        type: 'call',
        callId: newId('call'),
        server: call.server,
        tool: call.tool,
        arguments: call.arguments,
        state: 'open',
        startedAt: now,
      },
    ],
  };
}
