import { createObservable } from './observable.ts';

/**
 * How the page stands to the host. `loading`: first lists are on their way. `signin`: the host wants a token.
 * `unreachable`: nothing was ever loaded. `stopped`: the host said that it stops, and is gone. `ready`: there is data, and `lostAt` says since when it is not live.
 */
export interface Connection {
  readonly phase: 'loading' | 'signin' | 'unreachable' | 'stopped' | 'ready';
  /** When the stream broke, in ms of the host's clock; undefined while it flows. */
  readonly lostAt?: number | undefined;
}

export const connection = createObservable<Connection>({ phase: 'loading' });
