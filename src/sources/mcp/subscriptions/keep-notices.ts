import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Clock } from '../../../base/clock.ts';
import type { OpenConnection } from '../drivers/driver.ts';
import type { NoticeStreamState } from '../transport/notice-stream.ts';
import { RpcFault } from '../wire/own-requests.ts';
import { retryTimer } from './retry-timer.ts';

/** The SDK has tried to take a stream up again for less than that. */
const SDK_TRIES_MS = 5_000;
const PING_MS = 10_000;

/**
 * Sees to it that a server of Streamable HTTP can tell of changes (before 2026-07-28). When its stream has broken off
 * and the SDK got none again, the session is asked after: if the server has forgotten it, the transport notices and
 * the connection ends; if not, the stream is opened anew.
 * @returns what ends it; nothing is to be seen to on other transports
 */
export function keepNotices(
  { notices: stream, tap, transport, server }: OpenConnection,
  events: { cannot(why: string): void; back(): void },
  clock: Clock,
): () => void {
  if (stream === undefined) return () => {};
  const notices = stream;
  const ended = new AbortController();
  const retry = retryTimer(clock, () => void check());
  let callOff: (() => void) | undefined;
  let isChecking = false;
  let wasBroken = false;

  const isBroken = () => notices.state === 'broken' || notices.state === 'refused';
  const cannot = () =>
    events.cannot(`“${server}” offers no stream over which it could report changes (GET at its address).`);

  function see(state: NoticeStreamState) {
    if (state !== 'broken') {
      callOff?.();
      callOff = undefined;
    }
    if (state === 'none') cannot();
    if (state === 'refused') void check();
    if (state === 'broken') callOff ??= clock.after(SDK_TRIES_MS, check);
    if (state === 'open' && wasBroken) events.back();
    wasBroken = isBroken();
  }

  async function check(): Promise<void> {
    callOff = undefined;
    if (isChecking || ended.signal.aborted || !isBroken()) return;
    isChecking = true;
    try {
      await tap.request('ping', {}, { timeoutMs: PING_MS, signal: ended.signal }).catch((error) => {
        if (!(error instanceof RpcFault)) throw error; // an error is an answer, too
      });
      if (ended.signal.aborted || !isBroken()) return;
      if (notices.state === 'refused') cannot();
      await (transport as StreamableHTTPClientTransport).resumeStream('');
    } catch {
      retry.failed();
    } finally {
      isChecking = false;
    }
  }

  const unwatch = notices.onChange(see);
  see(notices.state);
  // It could not remember what was subscribed to from one request to the next.
  if (transport.sessionId === undefined)
    events.cannot(`“${server}” keeps no session in which it could report changes.`);
  return () => {
    unwatch();
    ended.abort();
    callOff?.();
    retry.stop();
  };
}
