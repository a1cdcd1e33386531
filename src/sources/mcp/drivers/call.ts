import type { RequestId } from '@modelcontextprotocol/client';
import { newId } from '../../../base/ids.ts';
import type { Ending } from '../../../task/report.ts';
import { endingFromError, endingFromFault, endingFromResult, unreadable } from './call-result.ts';
import type { CallOrder, OpenConnection } from './driver.ts';
import type { Follower, Following } from './follower.ts';
import type { StreamHandle } from './handles.ts';
import { logLines, progressFrom } from './notifications.ts';
import { numberedOutput } from './numbered-output.ts';
import { keyOfRequest, openQuestions } from './questions.ts';
import { followRound, type RoundParams, roundFromError, roundFromResult } from './round.ts';
import { sessionOf } from './session.ts';
import { stopConfirmation } from './stop-confirmation.ts';
import { stopLadder } from './stop-ladder.ts';
import { followStream } from './stream.ts';
import { cancelTask, followTask, isTaskless, taskFrom } from './task.ts';

/** What is told of a server whose streams are cut off, rather than ended. */
const NOTHING_ANSWERS = 'Nothing answers at the address of the server.';
const NO_TIMEOUT_MS = 2 ** 31 - 1;
/** How long a task of 2025-11-25 is to be kept by its server. */
const TASK_TTL_MS = 24 * 3_600_000;
/** Closing the stream is how 2026-07-28 cancels; a task handle that is on its way is waited for so long. */
const LATE_TASK_MS = 2_000;

/**
 * Makes a call and follows it to its answer, on every protocol version. The outcome is taken from the wire, the SDK
 * does the sending: so no answer is lost to its checks, and what comes after a cancel is seen. When the answer is
 * that the work goes on as a task, or that something is asked, the call is handed over.
 */
export function followCall(
  following: Following,
  connection: OpenConnection,
  order: CallOrder,
  again: RoundParams = { round: 0 },
): Follower {
  const { clock, end, link, observer } = following;
  const { client, tap, transport } = connection;
  const session = sessionOf(connection);
  const questions = openQuestions(observer);
  const output = numberedOutput(0);
  const abort = new AbortController();
  const ladder = stopLadder({
    clock,
    promised: order.cancelSupport === 'confirmed',
    observer,
    settle: (ending) => end.settle(ending),
  });
  let stream: StreamHandle | undefined;
  let closed = false;
  let callOffClosing: (() => void) | undefined;

  const unfollow = tap.follow(order.token, {
    progress(params) {
      observer.progress(progressFrom(params));
      ladder.sign();
    },
    notice(method, params) {
      const stopped = ladder.isAsked ? stopConfirmation(params) : undefined;
      if (stopped !== undefined) return end.settle(stopped);
      observer.log(logLines(method, params, output));
    },
    answer({ result, error }) {
      if (closed) return;
      if (error !== undefined) {
        const round = roundFromError(error, order);
        if (round !== undefined && !ladder.isAsked)
          return following.handOver((next) => followRound(next, round, followCall));
        return end.settle(ladder.isAsked ? confirmedByError() : endingFromError(error));
      }
      const task = taskFrom(result, connection, order.token);
      if (task !== undefined) {
        const handle = { ...task.handle, nextLine: output.next };
        return following.handOver((next) => followTask(next, handle, task.first));
      }
      if (isTaskless(result, connection)) return end.settle(unreadable('a task that cannot be read'));
      const { resultType = 'complete' } = result;
      if (resultType === 'complete') return end.settle(endingFromResult(result, ladder.isAsked));
      if (resultType !== 'input_required')
        return end.settle(unreadable('a kind of result that is not known'));
      if (ladder.isAsked) return end.settle(stoppedBeforeAnswering());
      const round = roundFromResult(result, order, connection, again.round + 1);
      if ('status' in round) return end.settle(round);
      following.handOver((next) => followRound(next, round, followCall));
    },
    streamEnded: () => broken('The connection broke off before the answer came.'),
    resumableFrom(eventId: string, requestId: RequestId) {
      if (session === undefined) return;
      stream = { kind: 'stream', token: order.token, session, requestId, eventId, asked: stream?.asked };
      observer.keep(stream);
    },
    contact(isThere) {
      if (isThere) observer.contactBack();
      else observer.contactLost(NOTHING_ANSWERS);
    },
    question(question) {
      const key = keyOfRequest(question.id);
      void question.ended.then((how) => {
        if (closed) return;
        if (how === 'withdrawn') questions.withdraw(key, 'The server does not ask this any more.');
        else questions.withdraw(key, 'Answered for another call of the same server.');
        forget(key);
      });
      if (stream !== undefined)
        stream = { ...stream, asked: [...(stream.asked ?? []), { key, id: question.id }] };
      questions.ask(key, question.params, question.answer, stream, question.sharedBy);
    },
  });

  function forget(key: string) {
    if (stream?.asked === undefined) return;
    stream = { ...stream, asked: stream.asked.filter((asked) => asked.key !== key) };
    observer.keep(stream);
  }

  /** The connection is gone; the answer may still be had where its stream can be taken up again. */
  function broken(why: string) {
    if (closed) return;
    const resumable = stream;
    if (resumable !== undefined && !ladder.isAsked && !end.isTold()) {
      unfollow('keep'); // the server still waits for the answers to its questions
      return following.handOver((next) => followStream(next, resumable, why));
    }
    end.settle(connectionLost(why, ladder.isAsked, link.isLocal));
  }

  void connection.ended.then(broken);
  send().catch((error: unknown) => {
    // The wire tells first; this is for calls that never reached it, and for answers we cannot follow.
    if (!closed && !ladder.isAsked) end.settle(endingFromFault(error));
  });

  async function send(): Promise<void> {
    const { round: _, ...answers } = again;
    const params = { name: order.tool.name, arguments: { ...order.arguments }, ...answers, _meta: metaOf() };
    if (asTask())
      return transport.send({
        jsonrpc: '2.0',
        id: newId('req'),
        method: 'tools/call',
        params: { ...params, task: { ttl: TASK_TTL_MS } },
      });
    await client.callTool(params, {
      signal: abort.signal,
      timeout: NO_TIMEOUT_MS,
      // With the definition at hand the SDK never sends a call a second time to look it up anew.
      toolDefinition: { name: order.tool.name, inputSchema: order.tool.inputSchema as { type: 'object' } },
    });
  }

  function asTask(): boolean {
    const { taskSupport } = order.tool;
    return connection.generation === 'v1' && (taskSupport === 'required' || taskSupport === 'optional');
  }

  /** Since 2026-07-28 a request says itself that it wants log messages; before, the server sends them anyway. */
  function metaOf() {
    return {
      progressToken: order.token,
      ...(isModern() ? { 'io.modelcontextprotocol/logLevel': 'info' } : {}),
    };
  }

  function isModern(): boolean {
    return client.getProtocolEra() === 'modern';
  }

  function askToStop() {
    ladder.asked();
    if (asTask()) return; // the task that is being made is cancelled as soon as it has a name
    const ownStream = connection.kind === 'http' && (isModern() || session === undefined);
    if (!ownStream) return abort.abort('Cancelled.');
    if (connection.generation === 'v2') callOffClosing = clock.after(LATE_TASK_MS, closeStream);
    else closeStream();
  }

  function closeStream() {
    abort.abort('Cancelled.');
    tap.abortStream(order.token);
    end.settle({
      status: 'cancelled',
      cancelAnswer: 'assumed',
      statusMessage: 'Asked to stop by closing the connection of the call, as this server expects it.',
    });
  }

  /** The task that a server makes of a call nobody waits for any more is cancelled when its name comes. */
  function cancelLateTask() {
    if (connection.generation === 'plain') return;
    const stopListening = tap.follow(order.token, {
      progress() {},
      notice() {},
      question() {},
      streamEnded: () => stopListening(),
      answer({ result }) {
        stopListening();
        const task = result && taskFrom(result, connection, order.token);
        if (task) void cancelTask(tap, task.handle).catch(() => {});
      },
    });
    void connection.ended.then(() => stopListening());
  }

  if (following.isStopAsked) askToStop();

  return {
    get survives() {
      return stream !== undefined && !link.isLocal;
    },
    cancel: askToStop,
    giveUp(ending) {
      if (!ladder.isAsked) abort.abort('Given up.');
      tap.abortStream(order.token);
      end.settle(ending);
    },
    stopWaiting: (ending) => end.settle(ending),
    answer: (answer) => questions.answer(answer),
    leave() {
      if (stream !== undefined) tap.keepSession();
      closed = true;
      unfollow('keep');
    },
    close() {
      if (closed) return;
      closed = true;
      ladder.close();
      callOffClosing?.();
      unfollow();
      if (tap.isWaiting(order.token) && following.isStopAsked) cancelLateTask();
    },
  };
}

const confirmedByError = (): Ending => ({
  status: 'cancelled',
  cancelAnswer: 'stopped',
  statusMessage: 'Stopped; the server confirmed it.',
});

const stoppedBeforeAnswering = (): Ending => ({
  status: 'cancelled',
  cancelAnswer: 'stopped',
  statusMessage: 'Stopped when it asked something; the server does nothing until it is answered.',
});

/** The processes of our own servers are gone with the connection; work elsewhere may go on without it. */
function connectionLost(why: string, asked: boolean, isLocal: boolean): Ending {
  if (asked && isLocal)
    return {
      status: 'cancelled',
      cancelAnswer: 'assumed',
      statusMessage: `Asked to stop; then ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
    };
  if (isLocal) return { status: 'failed', failure: { reason: 'server_exited', message: why } };
  return {
    status: 'lost',
    forGood: true,
    statusMessage: `${why} The server may have gone on with the work; its answer can no longer reach us.`,
  };
}
