import type { Ending } from '../../../task/report.ts';
import { backOffMs } from '../connection/back-off.ts';
import { RpcFault } from '../wire/own-requests.ts';
import type { Unfollow, WireTap } from '../wire/wire-tap.ts';
import type { OpenConnection } from './driver.ts';
import type { Follower, Following } from './follower.ts';
import type { TaskHandle } from './handles.ts';
import { logLines, progressFrom } from './notifications.ts';
import { numberedOutput } from './numbered-output.ts';
import { pauses } from './pause.ts';
import { isSessionGone, sessionOf } from './session.ts';
import { outOfReach } from './stream.ts';
import { expiryOf, isTerminal, type TaskState, v1, v2 } from './task-dialect.ts';
import { cancelledEnding, expiredEnding, removedEnding, unknownEnding } from './task-endings.ts';
import { taskQuestions } from './task-questions.ts';
import { taskReach } from './task-reach.ts';

const ASK_MS = 30_000;
const SHORTEST_POLL_MS = 100;
const LONGEST_POLL_MS = 30_000;
const USUAL_POLL_MS = 1_000;
/** A task that still works so long after the server has heard the request to stop goes on. */
const GOES_ON_MS = 2_000;
/** Once nobody waits for a task any more, it is looked at this seldom. */
const SELDOM_MS = 15_000;

/** An unknown or expired task (both generations). */
const UNKNOWN_TASK = -32602;
const METHOD_NOT_FOUND = -32601;

/** The task that an answer to `tools/call` hands back, if it is one. */
export function taskFrom(
  result: Readonly<Record<string, unknown>>,
  connection: OpenConnection,
  token: string,
): { handle: TaskHandle; first: TaskState } | undefined {
  const isExtension = result.resultType === 'task';
  const first = isExtension
    ? v2.read(result)
    : isV1(result, connection)
      ? v1.read(result.task, result)
      : undefined;
  if (first === undefined) return undefined;
  const common = { taskId: first.taskId, token };
  const handle: TaskHandle = isExtension
    ? { kind: 'v2', ...common }
    : { kind: 'v1', ...common, session: sessionOf(connection) };
  return { handle, first };
}

/** Whether an answer is meant to hand back a task, and none can be read from it. */
export const isTaskless = (result: Readonly<Record<string, unknown>>, connection: OpenConnection): boolean =>
  (result.resultType === 'task' || isV1(result, connection)) &&
  taskFrom(result, connection, '') === undefined;

/** The result of a tool may have a field of this name too; the one of a task has no content. */
const isV1 = (result: Readonly<Record<string, unknown>>, { generation }: OpenConnection): boolean =>
  generation === 'v1' && result.task !== undefined && result.content === undefined;

/** Asks the server to cancel a task; settles with the task where the answer tells it. */
export const cancelTask = (
  tap: WireTap,
  { taskId }: TaskHandle,
): Promise<Readonly<Record<string, unknown>>> =>
  tap.request('tasks/cancel', { taskId }, { timeoutMs: ASK_MS });

/**
 * Follows a task of a server by its id, through breaks of the connection: asks how it stands at the pace the server
 * wants, shows what it asks, and fetches its result. `lost` is only what the server no longer knows, or what
 * nobody could ask about for too long.
 * @param first the task as it was handed back; absent when a new run of the host takes it up
 */
export function followTask(following: Following, handle: TaskHandle, first?: TaskState): Follower {
  const { clock, end, link, observer } = following;
  const dialect = handle.kind === 'v1' ? v1 : v2;
  const session = handle.kind === 'v1' ? handle.session : undefined;
  const stop = new AbortController();
  const way = taskReach(link, session, stop.signal);
  const { pause, wake } = pauses(clock);
  const output = numberedOutput(handle.nextLine);
  let current = first === undefined ? handle : { ...handle, ...expiryOf(first, clock.now()) };
  let listening: { readonly tap: WireTap; readonly unfollow: Unfollow } | undefined;
  let brokenWhy: string | undefined;
  /** A new run of the host has no contact before it has heard of the task. */
  let isHeard = first !== undefined;
  let cancel: 'no' | 'wanted' | 'sent' = following.isStopAsked ? 'wanted' : 'no';
  let cancelSentMs = 0;
  let result: Promise<Ending> | undefined;
  const questions = taskQuestions({
    observer,
    handle: () => current,
    keep,
    reach: way.reach,
    standing: () => link.current()?.standing ?? {},
    wake,
    unmet: () => {
      cancel = 'wanted';
      wake();
    },
  });

  function keep(handle: TaskHandle) {
    current = handle;
    observer.keep(handle);
  }

  function keepNextLine() {
    if (output.isNumbered && output.next !== current.nextLine) keep({ ...current, nextLine: output.next });
  }

  function listen(tap: WireTap) {
    if (listening?.tap === tap) return;
    listening?.unfollow('keep');
    const unfollowTask = tap.followTask(current.taskId, {
      status: wake,
      question: (question) => questions.asked(question, tap),
    });
    // Progress of a task comes under the token of the call that made it (2025-11-25).
    const unfollowCall = tap.follow(current.token, {
      progress: (params) => observer.progress(progressFrom(params)),
      notice(method, params) {
        observer.log(logLines(method, params, output));
        keepNextLine();
      },
      contact(isThere) {
        if (isThere) wake();
        else contactLost(new Error('Nothing answers at its address.'));
      },
      answer() {},
      streamEnded() {},
      question() {},
    });
    listening = {
      tap,
      unfollow(kept) {
        unfollowTask(kept);
        unfollowCall(kept);
      },
    };
  }

  async function follow(): Promise<void> {
    let state = first;
    let failures = 0;
    if (state !== undefined) await observer.handle(current);
    while (!stop.signal.aborted) {
      try {
        const tap = await way.reach();
        listen(tap);
        if (cancel === 'wanted') state = (await askToStop(tap)) ?? state;
        state ??= await dialect.get(tap, current.taskId, { timeoutMs: ASK_MS, signal: stop.signal });
        if (stop.signal.aborted) return;
        failures = 0;
        contactBack();
        tell(tap, state);
        if (isTerminal(state)) return end.settle(await ending(tap, state));
        if (!isCancelWanted()) await pause(pollMs(state));
      } catch (error) {
        if (stop.signal.aborted) return;
        failures += 1;
        const over = endingFrom(error);
        if (over !== undefined) return end.settle(over);
        if (error instanceof RpcFault)
          observer.told(`The server could not say how it stands: ${error.message}`);
        else contactLost(error);
        await pause(backOffMs(failures, Math.random()));
      }
      state = undefined;
    }
  }

  /** Looked at anew each time: a person may want it at any moment. */
  const isCancelWanted = () => cancel === 'wanted';

  function tell(tap: WireTap, state: TaskState) {
    const { expiresAt = 0 } = expiryOf(state, clock.now());
    if (Math.abs(expiresAt - (current.expiresAt ?? 0)) > ASK_MS) keep({ ...current, expiresAt });
    if (state.statusMessage !== undefined && !isTerminal(state)) observer.told(state.statusMessage);
    else observer.log([]); // a sign of life
    if (state.progress !== undefined) observer.progress(state.progress);
    if (state.output !== undefined) observer.log(output.newLines(state.output));
    keepNextLine();
    if (!dialect.asksByRequest) questions.told(state.inputRequests ?? {});
    else if (state.status === 'input_required') result ??= fetchResult(tap);
    if (cancel === 'sent' && state.status === 'working' && clock.now() - cancelSentMs > GOES_ON_MS)
      observer.cancelNoted('ignored', 'The server has heard that it should stop, but the work goes on.');
  }

  async function askToStop(tap: WireTap): Promise<TaskState | undefined> {
    cancelSentMs = clock.now();
    try {
      const state = dialect.read(await cancelTask(tap, current));
      cancel = 'sent';
      if (state === undefined || !isTerminal(state))
        observer.cancelNoted('acknowledged', 'The server has heard that it should stop.');
      return state;
    } catch (error) {
      if (!(error instanceof RpcFault)) throw error;
      cancel = 'sent';
      if (error.code === METHOD_NOT_FOUND)
        observer.cancelNoted('ignored', 'This server cannot stop its tasks; the work goes on.');
      return undefined; // what else it says, such as that the task is over, is seen by looking at the task
    }
  }

  /** Waits for the result where it must be asked for; on the same stream the server asks its questions. */
  function fetchResult(tap: WireTap): Promise<Ending> {
    const waiting = dialect.result(tap, current.taskId, stop.signal, () => cancel !== 'no');
    waiting.then(wake, () => {
      result = undefined; // asked for again when it is needed
    });
    return waiting;
  }

  async function ending(tap: WireTap, state: TaskState): Promise<Ending> {
    if (state.status === 'cancelled') return cancelledEnding(state, cancel !== 'no');
    if (!dialect.asksByRequest) return dialect.ending(state, cancel !== 'no');
    return dialect.refine(await (result ?? fetchResult(tap)), state);
  }

  /** The end that a failed look at the task tells, if it does. */
  function endingFrom(error: unknown): Ending | undefined {
    const isUnknown =
      (error instanceof RpcFault && error.code === UNKNOWN_TASK) ||
      (session !== undefined && isSessionGone(error));
    if (isUnknown) return unknownEnding(error, { isLocal: link.isLocal, isNewRun: first === undefined });
    if (link.isRemoved()) return removedEnding(link.server, link.isLocal);
    const { expiresAt } = current;
    return expiresAt !== undefined && clock.now() > expiresAt ? expiredEnding() : undefined;
  }

  function contactLost(error: unknown) {
    brokenWhy ??= `The server cannot be reached. ${(error as Error).message ?? ''}`.trim();
    observer.contactLost(brokenWhy);
    way.drop();
  }

  function contactBack() {
    if (brokenWhy === undefined && isHeard) return;
    isHeard = true;
    brokenWhy = undefined;
    observer.contactBack();
  }

  const pollMs = (state: TaskState) => {
    const wanted = Math.min(Math.max(state.pollMs ?? USUAL_POLL_MS, SHORTEST_POLL_MS), LONGEST_POLL_MS);
    return end.isTold() ? Math.max(wanted, SELDOM_MS) : wanted;
  };

  function shut() {
    stop.abort();
    wake();
    way.drop();
  }

  questions.reopen();
  const atOnce = way.now();
  if (atOnce !== undefined) listen(atOnce); // progress may come in one piece with the answer that made the task
  void follow();

  return {
    survives: handle.kind === 'v2' ? !link.isLocal : session !== undefined,
    cancel() {
      cancel = 'wanted';
      wake();
    },
    giveUp(given) {
      if (listening !== undefined) void cancelTask(listening.tap, current).catch(() => {});
      end.settle(brokenWhy === undefined ? given : outOfReach(given));
    },
    stopWaiting: (given) => end.settle(given),
    answer: (answer) => questions.answer(answer),
    leave() {
      if (session !== undefined) listening?.tap.keepSession();
      listening?.unfollow('keep');
      shut();
    },
    close() {
      listening?.unfollow();
      shut();
    },
  };
}
