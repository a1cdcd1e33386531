import { connect } from 'node:net';
import type { Clock } from '../../../base/clock.ts';

const LOOK_MS = 5_000;
const SECOND_LOOK_MS = 1_000;
const CONNECT_MS = 3_000;

/**
 * Notices that nobody answers at an address any more, while no call runs: a running one has a stream of its own
 * that tells. One missed look may be chance, two are not.
 * @returns the function that ends the watch
 */
export function watchReachable(
  url: string,
  parts: { readonly clock: Clock; readonly isBusy: () => boolean; readonly gone: () => void },
): () => void {
  const { clock, isBusy, gone } = parts;
  const { hostname, port, protocol } = new URL(url);
  const at = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  let missed = false;
  let ended = false;
  let callOff = clock.after(LOOK_MS, look);

  function next(ms: number) {
    if (!ended) callOff = clock.after(ms, look);
  }

  function look() {
    if (isBusy()) return next(LOOK_MS);
    const socket = connect({ ...at, timeout: CONNECT_MS });
    const settle = (answers: boolean) => {
      socket
        .removeAllListeners()
        .on('error', () => {})
        .destroy();
      if (ended) return;
      if (!answers && missed && !isBusy()) return gone();
      missed = !answers;
      next(answers ? LOOK_MS : SECOND_LOOK_MS);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  }

  return () => {
    ended = true;
    callOff();
  };
}
