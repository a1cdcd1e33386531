import type { WireTap } from '../wire/wire-tap.ts';
import type { ServerLink, SessionConnection, SessionRef } from './driver.ts';
import { sessionOf } from './session.ts';

/** How long a new connection is waited for before the break is told. */
const REACH_MS = 500;

/** The way to whoever can be asked about a task. */
export interface TaskReach {
  /** The wire as it stands, if it can be used without waiting. */
  now(): WireTap | undefined;
  /** @throws {Error} why nobody can be asked */
  reach(): Promise<WireTap>;
  /** A way that failed is not tried again; the next one is a new one. */
  drop(): void;
}

/** @param session given for a task that is known in one session only: then someone in that session is asked */
export function taskReach(link: ServerLink, session: SessionRef | undefined, signal: AbortSignal): TaskReach {
  let entered: SessionConnection | undefined;

  function now(): WireTap | undefined {
    const ready = link.current();
    const isIn = session === undefined || (ready && sessionOf(ready)?.sessionId === session.sessionId);
    return isIn ? ready?.tap : entered?.tap;
  }

  return {
    now,
    async reach() {
      const tap = now();
      if (tap !== undefined) return tap;
      if (session === undefined)
        return (await link.connected(AbortSignal.any([signal, AbortSignal.timeout(REACH_MS)]))).tap;
      entered = await link.enterSession(session);
      return entered.tap;
    },
    drop() {
      void entered?.close();
      entered = undefined;
    },
  };
}
