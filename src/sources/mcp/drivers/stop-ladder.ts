import type { Clock } from '../../../base/clock.ts';
import type { Ending } from '../../../task/report.ts';
import type { CallObserver } from './driver.ts';

/** Without any sign for this long after a request to stop, a server that never confirms counts as stopped. */
const SILENCE_MS = 10_000;
/** A server that promises to confirm is waited for longer. */
const PROMISED_SILENCE_MS = 60_000;
/** What arrives this soon after a request to stop was on its way before the server had heard of it. */
const ON_ITS_WAY_MS = 1_000;

/** What became of a request to stop that the protocol gives no answer to: told from what is heard, and from silence. */
export interface StopLadder {
  readonly isAsked: boolean;
  /** The request has been made. */
  asked(): void;
  /** Anything that shows that the work goes on. */
  sign(): void;
  close(): void;
}

export function stopLadder(parts: {
  clock: Clock;
  promised: boolean;
  observer: Pick<CallObserver, 'cancelNoted'>;
  settle: (ending: Ending) => void;
}): StopLadder {
  const { clock, promised, observer, settle } = parts;
  const silenceMs = promised ? PROMISED_SILENCE_MS : SILENCE_MS;
  let askedAtMs: number | undefined;
  let wentOn = false;
  let callOff: (() => void) | undefined;

  function watchSilence() {
    callOff?.();
    callOff = clock.after(silenceMs, () =>
      settle(wentOn ? silentAfterGoingOn(silenceMs) : silent(silenceMs)),
    );
  }

  return {
    get isAsked() {
      return askedAtMs !== undefined;
    },
    asked() {
      askedAtMs = clock.now();
      watchSilence();
    },
    sign() {
      if (askedAtMs === undefined || clock.now() - askedAtMs < ON_ITS_WAY_MS) return;
      wentOn = true;
      observer.cancelNoted('ignored', 'The tool goes on although it was asked to stop.');
      watchSilence();
    },
    close: () => callOff?.(),
  };
}

const silent = (ms: number): Ending => ({
  status: 'cancelled',
  cancelAnswer: 'assumed',
  statusMessage: `Asked to stop. The server did not confirm it, and has been silent for ${ms / 1_000} s.`,
});

const silentAfterGoingOn = (ms: number): Ending => ({
  status: 'lost',
  cancelAnswer: 'ignored',
  statusMessage: `It went on after it was asked to stop, and has been silent for ${ms / 1_000} s. How it ended is not known.`,
});
