import type { Clock } from '../../../base/clock.ts';
import { followCall } from './call.ts';
import type { CallObserver, CallOrder, OpenConnection, RunningCall, ServerLink } from './driver.ts';
import type { Follower, Following } from './follower.ts';
import type { WorkHandle } from './handles.ts';
import { outcome } from './outcome.ts';
import { followRound } from './round.ts';
import { followStream } from './stream.ts';
import { followTask } from './task.ts';

/** Starts calls, and takes up again what an earlier connection or run of the host began. */
export interface Driver {
  start(connection: OpenConnection, link: ServerLink, order: CallOrder, observer: CallObserver): RunningCall;
  resume(handle: WorkHandle, link: ServerLink, observer: CallObserver): RunningCall;
}

/** Long work of every generation: plain calls, tasks of 2025-11-25, and the tasks extension of 2026-07-28. */
export function mcpDriver(clock: Clock): Driver {
  return {
    start: (connection, link, order, observer) =>
      run({ clock, link, observer }, (following) => followCall(following, connection, order)),
    resume: (handle, link, observer) =>
      run({ clock, link, observer }, (following) => {
        if (handle.kind === 'stream') return followStream(following, handle);
        if (handle.kind === 'round') return followRound(following, handle, followCall);
        return followTask(following, handle);
      }),
  };
}

function run(
  parts: Pick<Following, 'clock' | 'link' | 'observer'>,
  first: (following: Following) => Follower,
): RunningCall {
  let current: Follower | undefined;
  let isStopAsked = false;
  const end = outcome(parts.observer, () => current?.close());
  const following: Following = {
    ...parts,
    end,
    handOver(next) {
      current?.close();
      current = undefined;
      if (!end.isOver()) become(next);
    },
    get isStopAsked() {
      return isStopAsked;
    },
  };

  function become(next: (following: Following) => Follower) {
    const follower = next(following);
    current ??= follower; // unless it has handed over already
    if (end.isOver()) follower.close();
  }

  become(first);
  return {
    done: end.done,
    over: end.over,
    get survives() {
      return !end.isOver() && current?.survives === true;
    },
    cancel() {
      if (isStopAsked || end.isOver()) return;
      isStopAsked = true;
      current?.cancel();
    },
    giveUp: (ending) => current?.giveUp(ending),
    stopWaiting: (ending) => current?.stopWaiting(ending),
    answer: async (answer) => current?.answer(answer),
    leave() {
      current?.leave();
      end.abandon();
    },
  };
}
