import type { RequestId } from '@modelcontextprotocol/client';
import type { Clock } from '../../../base/clock.ts';
import type { Ending } from '../../../task/report.ts';
import { backOffMs } from '../connection/back-off.ts';
import { RpcFault } from '../wire/own-requests.ts';
import type { Unfollow, WireTap } from '../wire/wire-tap.ts';
import type { OpenConnection, SessionConnection } from './driver.ts';
import type { Follower, Following } from './follower.ts';
import type { TaskHandle } from './handles.ts';
import { logLines, progressFrom } from './notifications.ts';
import { type ElicitResult, openQuestions } from './questions.ts';
import { isSessionGone, sessionOf } from './session.ts';
import { outOfReach } from './stream.ts';
import { expiryOf, isTerminal, type TaskDialect, type TaskState, v1, v2 } from './task-dialect.ts';

const ASK_MS = 30_000;
const SHORTEST_POLL_MS = 100;
const LONGEST_POLL_MS = 30_000;
const USUAL_POLL_MS = 1_000;
/** How long a new connection is waited for before the break is told. */
const REACH_MS = 500;
/** A task that still works so long after the server has heard the request to stop goes on. */
const GOES_ON_MS = 10_000;
/** Once nobody waits for a task any more, it is looked at this seldom. */
const SELDOM_MS = 15_000;

/** An unknown or expired task (both generations). */
const UNKNOWN_TASK = -32602;
const METHOD_NOT_FOUND = -32601;

const dialectOf = (handle: TaskHandle): TaskDialect => (handle.kind === 'v1' ? v1 : v2);

/** The task that an answer to `tools/call` hands back, if it is one. */
export function taskFrom(
  result: Readonly<Record<string, unknown>>,
  connection: OpenConnection,
  token: string,
): { handle: TaskHandle; first: TaskState } | undefined {
  const first = result.resultType === 'task' ? v2.read(result) : v1.read(result.task);
  if (first === undefined) return undefined;
  const common = { taskId: first.taskId, token };
  const handle: TaskHandle =
    result.resultType === 'task'
      ? { kind: 'v2', ...common }
      : { kind: 'v1', ...common, session: sessionOf(connection) };
  return { handle, first };
}

/** Asks the server to cancel a task; settles with the task where the answer tells it. */
export const cancelTask = (tap: WireTap, handle: TaskHandle): Promise<Readonly<Record<string, unknown>>> =>
  tap.request('tasks/cancel', { taskId: handle.taskId }, { timeoutMs: ASK_MS });

/**
 * Follows a task of a server by its id, through breaks of the connection: asks how it stands at the pace the server
 * wants, shows what it asks, and fetches its result. `lost` is only what the server no longer knows, or what
 * nobody could ask about for too long.
 */
export function followTask(following: Following, handle: TaskHandle, first?: TaskState): Follower {
  const { clock, end, link, observer } = following;
  const dialect = dialectOf(handle);
  const questions = openQuestions(observer);
  const stop = new AbortController();
  let current = first === undefined ? handle : { ...handle, ...expiryOf(first, clock.now()) };
  let entered: SessionConnection | undefined;
  let listening: { tap: WireTap; unfollow: Unfollow } | undefined;
  let brokenWhy: string | undefined;
  let wake = () => {};
  let cancelled: 'no' | 'wanted' | 'sent' = following.isStopAsked ? 'wanted' : 'no';
  let cancelSentMs = 0;
  let result: Promise<Ending> | undefined;
  const answered = new Set<string>();
  const isNewRun = first === undefined;

  /** Whoever can be asked: for a task that is known in one session only, someone in that session. */
  async function reach(): Promise<WireTap> {
    const ready = link.current();
    const session = current.kind === 'v1' ? current.session : undefined;
    if (session === undefined) {
      const connection =
        ready ?? (await link.connected(AbortSignal.any([stop.signal, AbortSignal.timeout(REACH_MS)])));
      return connection.tap;
    }
    if (ready !== undefined && sessionOf(ready)?.sessionId === session.sessionId) return ready.tap;
    entered ??= await link.enterSession(session);
    return entered.tap;
  }

  function listen(tap: WireTap) {
    if (listening?.tap === tap) return;
    listening?.unfollow('keep');
    const unfollowTask = tap.followTask(current.taskId, {
      status: () => wake(),
      question(question) {
        const key = String(question.id);
        if (current.kind === 'v1')
          current = { ...current, asked: [...(current.asked ?? []), { key, id: question.id }] };
        questions.ask(key, question.params, answerTo(key, question.id, question.answer, tap), current);
        void question.ended.then((how) => {
          if (how === 'withdrawn') questions.withdraw(key, 'The server does not ask this any more.');
        });
      },
    });
    // Progress of a task comes under the token of the call that made it (2025-11-25).
    const unfollowCall = tap.follow(current.token, {
      progress: (params) => observer.progress(progressFrom(params)),
      notice: (method, params) => observer.log(logLines(method, params)),
      answer() {},
      streamEnded() {},
      question() {},
      contact(isThere) {
        if (isThere) wake();
        else contactLost(new Error('Nothing answers at its address.'));
      },
    });
    listening = {
      tap,
      unfollow(kept) {
        unfollowTask(kept);
        unfollowCall(kept);
      },
    };
  }

  /** Before 2026-07-28 a question is a request of the server, and the answer carries its id. */
  const answerTo =
    (key: string, id: RequestId, live?: (result: ElicitResult) => Promise<void>, on?: WireTap) =>
    async (given: ElicitResult) => {
      const tap = await reach();
      if (live !== undefined && on === tap) await live(given);
      else await tap.tell({ jsonrpc: '2.0', id, result: given });
      if (current.kind === 'v1')
        current = { ...current, asked: current.asked?.filter((asked) => asked.key !== key) };
      void observer.handle(current);
      wake();
    };

  async function follow(): Promise<void> {
    let state = first;
    let failures = 0;
    if (state !== undefined) await observer.handle(current);
    while (!stop.signal.aborted) {
      try {
        const tap = await reach();
        listen(tap);
        if (cancelled === 'wanted') state = (await askToStop(tap)) ?? state;
        state ??= await dialect.get(tap, current.taskId, { timeoutMs: ASK_MS, signal: stop.signal });
        if (stop.signal.aborted) return;
        failures = 0;
        contactBack();
        tell(tap, state);
        if (isTerminal(state)) return end.settle(await ending(tap, state));
        await pause(pollMs(state));
      } catch (error) {
        if (stop.signal.aborted) return;
        failures += 1;
        if (isUnknown(error)) return end.settle(unknown(error));
        if (error instanceof RpcFault)
          observer.told(`The server could not say how it stands: ${error.message}`);
        else contactLost(error);
        if (isExpired()) return end.settle(expired());
        await pause(backOffMs(failures, Math.random()));
      }
      state = undefined;
    }
  }

  function tell(tap: WireTap, state: TaskState) {
    const before = current.expiresAt;
    current = { ...current, ...expiryOf(state, clock.now()) };
    if (current.expiresAt !== before && Math.abs((current.expiresAt ?? 0) - (before ?? 0)) > ASK_MS)
      void observer.handle(current);
    if (state.statusMessage !== undefined && !isTerminal(state)) observer.told(state.statusMessage);
    else observer.log([]); // a sign of life
    if (dialect.asksByRequest) {
      if (state.status === 'input_required') result ??= fetchResult(tap);
    } else askAll(tap, state.inputRequests ?? {});
    if (cancelled === 'sent' && state.status === 'working' && clock.now() - cancelSentMs > GOES_ON_MS)
      observer.cancelNoted('ignored', 'The server has heard that it should stop, but the work goes on.');
  }

  function askAll(tap: WireTap, requests: NonNullable<TaskState['inputRequests']>) {
    for (const key of questions.keys())
      if (!(key in requests)) questions.withdraw(key, 'The server does not ask this any more.');
    for (const [key, request] of Object.entries(requests)) {
      if (answered.has(key)) continue;
      if (request.method !== 'elicitation/create') {
        answered.add(key);
        observer.log([
          {
            kind: 'status',
            text: `The server asked for “${String(request.method)}”, which is not offered here.`,
          },
        ]);
        void cancelTask(tap, current).catch(() => {});
        continue;
      }
      questions.ask(key, request.params ?? {}, async (given) => {
        const now = await reach();
        await now.request(
          'tasks/update',
          { taskId: current.taskId, inputResponses: { [key]: given } },
          { timeoutMs: ASK_MS, signal: stop.signal },
        );
        answered.add(key);
        wake();
      });
    }
  }

  async function askToStop(tap: WireTap): Promise<TaskState | undefined> {
    cancelSentMs = clock.now();
    try {
      const state = dialect.read(await cancelTask(tap, current));
      cancelled = 'sent';
      if (state === undefined || !isTerminal(state))
        observer.cancelNoted('acknowledged', 'The server has heard that it should stop.');
      return state;
    } catch (error) {
      if (!(error instanceof RpcFault)) throw error;
      cancelled = 'sent';
      if (error.code === METHOD_NOT_FOUND)
        observer.cancelNoted('ignored', 'This server cannot stop its tasks; the work goes on.');
      return undefined;
    }
  }

  /** Waits for the result where it must be asked for; on the same stream the server asks its questions. */
  function fetchResult(tap: WireTap): Promise<Ending> {
    const waiting = dialect.result(tap, current.taskId, stop.signal, () => cancelled !== 'no');
    waiting.then(
      () => wake(),
      () => {
        result = undefined; // asked for again when it is needed
      },
    );
    return waiting;
  }

  async function ending(tap: WireTap, state: TaskState): Promise<Ending> {
    const asked = cancelled !== 'no';
    if (state.status === 'cancelled')
      return {
        status: 'cancelled',
        ...(asked ? { cancelAnswer: 'stopped' as const } : {}),
        statusMessage: asked
          ? 'Stopped; the server confirmed it.'
          : (state.statusMessage ?? 'Cancelled by the server.'),
      };
    if (!dialect.asksByRequest) return dialect.ending(state, asked);
    return dialect.refine(await (result ?? fetchResult(tap)), state);
  }

  function contactLost(error: unknown) {
    brokenWhy ??= `The server cannot be reached. ${(error as Error).message ?? ''}`.trim();
    observer.contactLost(brokenWhy);
    void entered?.close();
    entered = undefined;
  }

  function contactBack() {
    if (brokenWhy === undefined) return;
    brokenWhy = undefined;
    observer.contactBack();
  }

  const isExpired = () => current.expiresAt !== undefined && clock.now() > current.expiresAt;

  const isUnknown = (error: unknown) =>
    (error instanceof RpcFault && error.code === UNKNOWN_TASK) ||
    (current.kind === 'v1' && current.session !== undefined && isSessionGone(error));

  /** The processes of our own servers are gone with their connection, and their tasks with them. */
  function unknown(error: unknown): Ending {
    if (link.isLocal)
      return {
        status: 'failed',
        failure: { reason: isNewRun ? 'interrupted' : 'server_exited', message: localEnd(isNewRun) },
      };
    const said = error instanceof RpcFault ? ` (it says: ${error.message.slice(0, 200)})` : '';
    return {
      status: 'lost',
      forGood: true,
      statusMessage: `The server does not know this task any more${said}. Whether the work was done is not known.`,
    };
  }

  const pollMs = (state: TaskState) => {
    const wanted = Math.min(Math.max(state.pollMs ?? USUAL_POLL_MS, SHORTEST_POLL_MS), LONGEST_POLL_MS);
    return end.isTold() ? Math.max(wanted, SELDOM_MS) : wanted;
  };

  const pause = (ms: number) =>
    pauseOrWake(clock, ms, (wakeUp) => {
      wake = wakeUp;
    });

  if (handle.kind === 'v1')
    for (const { key, id } of handle.asked ?? []) questions.reopen(key, answerTo(key, id));
  void follow();

  return {
    survives: !link.isLocal,
    cancel() {
      cancelled = 'wanted';
      wake();
    },
    giveUp(given) {
      if (listening !== undefined) void cancelTask(listening.tap, current).catch(() => {});
      end.settle(brokenWhy === undefined ? given : outOfReach(given));
    },
    stopWaiting: (given) => end.settle(given),
    answer: (answer) => questions.answer(answer),
    leave() {
      listening?.unfollow('keep');
      if (current.kind === 'v1') listening?.tap.keepSession();
      shut();
    },
    close() {
      listening?.unfollow();
      shut();
    },
  };

  function shut() {
    stop.abort();
    wake();
    void entered?.close();
  }
}

const expired = (): Ending => ({
  status: 'lost',
  forGood: true,
  statusMessage:
    'The server could not be reached for longer than it keeps its tasks. Whether the work was done is not known.',
});

const localEnd = (isNewRun: boolean): string =>
  isNewRun
    ? 'Meanwhile was stopped in the middle of this, and the server with it. Nothing of it is left running.'
    : 'The server ended in the middle of this, and the work with it.';

function pauseOrWake(clock: Clock, ms: number, onWake: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.after(ms, resolve);
    onWake(() => {
      callOff();
      resolve();
    });
  });
}
