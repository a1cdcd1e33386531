import type { Ending } from '../../../task/report.ts';
import { backOffMs } from '../connection/back-off.ts';
import type { CallWatch } from '../wire/wire-tap.ts';
import { endingFromError, endingFromResult } from './call-result.ts';
import type { SessionConnection } from './driver.ts';
import type { Follower, Following } from './follower.ts';
import type { StreamHandle } from './handles.ts';
import { logLines, progressFrom } from './notifications.ts';
import { numberedOutput } from './numbered-output.ts';
import { pauses } from './pause.ts';
import { type ElicitResult, keyOfRequest, openQuestions } from './questions.ts';
import { isSessionGone, statusOf } from './session.ts';
import { stopLadder } from './stop-ladder.ts';
import { removedEnding } from './task-endings.ts';

/**
 * Takes up the response stream of a plain call again, where the server keeps its events (Streamable HTTP before
 * 2026-07-28): what was missed comes first, then what is new. It is tried again for as long as the server is not
 * heard to have forgotten it.
 * @param why what broke the stream, in words; absent when a new run of the host takes it up
 */
export function followStream(following: Following, handle: StreamHandle, why?: string): Follower {
  const { clock, end, link, observer } = following;
  const questions = openQuestions(observer);
  const stop = new AbortController();
  const { pause, wake } = pauses(clock);
  const ladder = stopLadder({ clock, promised: false, observer, settle: (ending) => end.settle(ending) });
  const output = numberedOutput();
  let current = handle;
  let session: SessionConnection | undefined;
  let unfollow: (questions?: 'keep') => void = () => {};
  let outOfContact = true;

  const watch: CallWatch = {
    progress(params) {
      observer.progress(progressFrom(params));
      ladder.sign();
    },
    notice: (method, params) => observer.log(logLines(method, params, output)),
    answer({ result, error }) {
      if (error !== undefined) end.settle(ladder.isAsked ? stopped() : endingFromError(error));
      else end.settle(endingFromResult(result ?? {}, ladder.isAsked));
    },
    streamEnded() {},
    question(question) {
      const key = keyOfRequest(question.id);
      current = { ...current, asked: [...(current.asked ?? []), { key, id: question.id }] };
      questions.ask(key, question.params, answerTo(key, question.id), current);
    },
  };

  const answerTo = (key: string, id: string | number) => async (result: ElicitResult) => {
    const { tap } = await enter();
    await tap.tell({ jsonrpc: '2.0', id, result });
    current = { ...current, asked: current.asked?.filter((asked) => asked.key !== key) };
    observer.keep(current);
  };

  async function enter(): Promise<SessionConnection> {
    session ??= await link.enterSession(current.session);
    return session;
  }

  function contactLost(note: string) {
    outOfContact = true;
    observer.contactLost(note);
  }

  function contactBack() {
    outOfContact = false;
    observer.contactBack();
  }

  async function follow(): Promise<void> {
    if (why !== undefined) contactLost(why);
    for (let attempts = 0; !stop.signal.aborted; attempts++) {
      try {
        const { tap, resume } = await enter();
        unfollow = tap.follow(current.token, watch);
        tap.adopt(current.requestId, current.token);
        await resume(
          current.eventId,
          {
            opened: contactBack,
            event(eventId) {
              attempts = 0;
              current = { ...current, eventId };
              observer.keep(current);
            },
          },
          stop.signal,
        );
        if (end.isOver()) return;
      } catch (error) {
        if (stop.signal.aborted) return;
        if (link.isRemoved()) return end.settle(removedEnding(link.server, link.isLocal));
        if (isSessionGone(error) || statusOf(error) === 405) return end.settle(forgotten());
        contactLost(`The server cannot be reached: ${(error as Error).message}`);
      }
      unfollow('keep');
      await pause(backOffMs(attempts + 1, Math.random()));
    }
  }

  function askToStop() {
    ladder.asked();
    const params = { requestId: current.requestId, reason: 'Cancelled.' };
    enter()
      .then(({ tap }) => tap.tell({ jsonrpc: '2.0', method: 'notifications/cancelled', params }))
      .catch(() => {});
  }

  // What was asked before we lost sight of it is not asked again: it is answered by the id it came with.
  for (const { key, id } of handle.asked ?? []) questions.reopen(key, answerTo(key, id));
  void follow();
  if (following.isStopAsked) askToStop();

  return {
    survives: true,
    cancel: askToStop,
    giveUp(ending) {
      askToStop();
      end.settle(outOfContact ? outOfReach(ending) : ending);
    },
    stopWaiting: (ending) => end.settle(ending),
    answer: (answer) => questions.answer(answer),
    leave() {
      stop.abort();
      wake();
      unfollow('keep');
      void session?.close();
    },
    close() {
      stop.abort();
      wake();
      ladder.close();
      unfollow();
      void session?.close();
    },
  };
}

const stopped = (): Ending => ({
  status: 'cancelled',
  cancelAnswer: 'stopped',
  statusMessage: 'Stopped; the server confirmed it.',
});

/** Nobody answered for too long: the work may go on all the same, and may be found again. */
export const outOfReach = (ending: Ending): Ending => ({
  status: 'lost',
  statusMessage:
    `${ending.failure?.message ?? ''} The server could not be reached; it may have gone on with the work.`.trim(),
});

const forgotten = (): Ending => ({
  status: 'lost',
  forGood: true,
  statusMessage:
    'The server does not know this call any more. It may have done its work; its answer can no longer reach us.',
});
