import { connect } from 'node:net';
import type { Clock } from '../../../base/clock.ts';

const LOOK_MS = 4_000;
const SECOND_LOOK_MS = 500;
const CONNECT_MS = 2_000;

/**
 * Notices that nobody answers at an address any more. One missed look may be chance, two are not. While nothing runs
 * the connection is taken for gone. Running calls have streams of their own that tell when they break; one that is
 * only cut off, as by a network that went away or a machine that sleeps, tells nothing and may come back: so their
 * followers are told that contact is lost, and that it is back.
 * @returns the function that ends the watch
 */
export function watchReachable(
  url: string,
  parts: {
    readonly clock: Clock;
    readonly isBusy: () => boolean;
    readonly gone: () => void;
    readonly contact: (isThere: boolean) => void;
  },
): () => void {
  const { clock, isBusy, gone, contact } = parts;
  const { hostname, port, protocol } = new URL(url);
  const at = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  let missed = 0;
  let ended = false;
  let callOff = clock.after(LOOK_MS, look);

  function seen(answers: boolean) {
    if (ended) return;
    if (answers && missed > 1) contact(true);
    missed = answers ? 0 : missed + 1;
    if (missed === 2 && isBusy()) contact(false);
    if (missed > 1 && !isBusy()) return gone();
    callOff = clock.after(missed === 1 ? SECOND_LOOK_MS : LOOK_MS, look);
  }

  function look() {
    const socket = connect({ ...at, timeout: CONNECT_MS });
    const settle = (answers: boolean) => {
      socket
        .removeAllListeners()
        .on('error', () => {})
        .destroy();
      seen(answers);
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
