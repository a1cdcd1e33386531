import { type Clock, isoNow } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { CallPart, Message, Tool } from '../../../store/records.ts';
import type { Ending, LogLine } from '../../../task/report.ts';
import type { Cancel, Progress } from '../../../task/task.ts';
import { persist } from '../../../tracker/persist.ts';
import type { Tracker } from '../../../tracker/tracker.ts';
import type { CallAnswer } from '../../source.ts';
import type { CallObserver, RunningCall } from '../drivers/driver.ts';
import { callTitle } from './call-title.ts';
import { timeLimits } from './time-limits.ts';

const PROMOTION_RETRY_MS = 1_000;

export interface CallSettings {
  readonly taskAfterMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly cancelSupport: Cancel['support'];
}

/** One call that has been sent: short calls stay calls, others become a task by themselves. */
export interface FollowedCall {
  readonly server: string;
  readonly taskId: string | undefined;
  readonly running: RunningCall;
  /** Settles when the call has ended or has become a task, whichever is first. */
  readonly answered: Promise<CallAnswer>;
  /** Settles when the end is saved. */
  readonly finished: Promise<void>;
}

/**
 * Follows a call from its sending to its end. It becomes a task when it runs past `taskAfterMs` or with its
 * first progress, whichever is first; its end is then a report, and otherwise an update of its message.
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
  start: (observer: CallObserver) => RunningCall;
}): FollowedCall {
  const { store, tracker, clock, log, message, tool, settings } = parts;
  const part = message.parts[0] as CallPart;
  const answered = Promise.withResolvers<CallAnswer>();
  const startedMs = clock.now();
  let newest: Progress | undefined;
  let early: LogLine[] = [];
  let taskId: string | undefined;
  let promotion: Promise<void> | undefined;
  let ended = false;

  const update = (change: Partial<CallPart>) => ({
    type: 'message' as const,
    message: { ...message, parts: [{ ...part, ...change }] },
  });

  async function promote(): Promise<void> {
    const id = newId('task');
    const task = {
      id,
      title: callTitle(tool, part.arguments),
      source: { type: 'mcp' as const, server: part.server, tool: part.tool, args: part.arguments },
      sessionId: message.sessionId,
      cancel: { support: settings.cancelSupport },
      startedAt: part.startedAt,
      progress: newest,
    };
    const told = newest;
    try {
      await tracker.note({ type: 'started', task }, [update({ state: 'task', taskId: id })]);
    } catch (error) {
      log.warn({ err: error, call: part.callId }, 'a call could not become a task yet');
      promotion = undefined;
      if (!ended) callOffPromotion = clock.after(PROMOTION_RETRY_MS, becomeTask);
      return;
    }
    taskId = id;
    if (newest !== undefined && newest !== told)
      void tracker.note({ type: 'progressed', taskId: id, progress: newest });
    void tracker.note({ type: 'logged', taskId: id, lines: early });
    early = [];
    answered.resolve({ callId: part.callId, sessionId: message.sessionId, taskId: id });
  }

  function becomeTask() {
    callOffPromotion();
    if (!ended) promotion ??= promote();
  }

  async function finish(ending: Ending): Promise<void> {
    ended = true;
    callOffPromotion();
    limits.close();
    await promotion;
    if (taskId !== undefined) {
      await tracker.note({ type: 'ended', taskId, ending });
      return;
    }
    const { failure } = ending;
    const change: Partial<CallPart> = {
      state: ending.status === 'completed' || ending.status === 'cancelled' ? ending.status : 'failed',
      durationMs: clock.now() - startedMs,
      preview: ending.preview,
      ...(failure === undefined ? {} : { failure: { reason: failure.reason, message: failure.message } }),
    };
    const write = update(change);
    await persist(() => store.writer.commit([write], 'quick'), clock, log, `the end of ${part.callId}`);
    answered.resolve({
      callId: part.callId,
      sessionId: message.sessionId,
      ...(ending.content === undefined
        ? {}
        : { result: { isError: ending.isError ?? false, content: JSON.parse(ending.content) } }),
      ...(failure === undefined ? {} : { failure: { reason: failure.reason, message: failure.message } }),
    });
  }

  const observer: CallObserver = {
    progress(progress) {
      limits.sign();
      newest = progress;
      if (taskId !== undefined) void tracker.note({ type: 'progressed', taskId, progress });
      else becomeTask();
    },
    log(lines) {
      limits.sign();
      if (taskId === undefined) early = [...early, ...lines].slice(-500);
      else {
        void tracker.note({ type: 'logged', taskId, lines });
        void tracker.note({ type: 'alive', taskId });
      }
    },
    cancelNoted(answer, note) {
      if (taskId !== undefined && tracker.current(taskId)?.cancel.note !== note)
        void tracker.note({ type: 'cancel_noted', taskId, answer, note }).catch(() => {});
    },
    told() {},
    async handle() {},
    async asked() {},
    answered() {},
    withdrawn() {},
    contactLost() {},
    contactBack() {},
    corrected() {},
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
    server: part.server,
    get taskId() {
      return taskId;
    },
    running,
    answered: answered.promise,
    finished,
  };
}

/** The message that holds a call, as it is written before the call is sent. */
export function callMessage(
  clock: Clock,
  call: { server: string; tool: string; arguments: Readonly<Record<string, unknown>>; sessionId: string },
): Unnumbered<Message> {
  const now = isoNow(clock);
  return {
    id: newId('msg'),
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
