import type { Clock } from '../../../base/clock.ts';
import type { Ending } from '../../../task/report.ts';
import { endingFromError, endingFromFault, endingFromResult } from './call-result.ts';
import type { Driver, OpenConnection, RunningCall } from './driver.ts';
import { logLines, progressFrom } from './notifications.ts';

/** Without any sign for this long after a request to stop, a server that never confirms counts as stopped. */
const SILENCE_MS = 10_000;
/** A server that promises to confirm is waited for longer. */
const PROMISED_SILENCE_MS = 60_000;
/** What arrives this soon after a request to stop was on its way before the server had heard of it. */
const ON_ITS_WAY_MS = 1_000;
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Plain calls with progress, on every protocol version. The outcome is taken from the wire, the SDK does the
 * sending: so no answer is lost to its checks, and what comes after a cancel is seen.
 */
export function plainDriver(clock: Clock): Driver {
  return {
    start(connection, _link, call, observer): RunningCall {
      const { client, tap } = connection;
      const abort = new AbortController();
      const settled = Promise.withResolvers<Ending>();
      let over = false;
      let asked = false;
      let askedAtMs = 0;
      let wentOn = false;
      let callOffSilence: (() => void) | undefined;

      function settle(ending: Ending) {
        if (over) return;
        over = true;
        callOffSilence?.();
        unfollow();
        settled.resolve(ending);
      }

      function watchSilence() {
        callOffSilence?.();
        const silenceMs = call.cancelSupport === 'confirmed' ? PROMISED_SILENCE_MS : SILENCE_MS;
        const seconds = silenceMs / 1_000;
        callOffSilence = clock.after(silenceMs, () =>
          settle(
            wentOn
              ? {
                  status: 'lost',
                  statusMessage: `It went on after it was asked to stop, and has been silent for ${seconds} s. How it ended is not known.`,
                }
              : {
                  status: 'cancelled',
                  statusMessage: `Asked to stop. The server did not confirm it, and has been silent for ${seconds} s.`,
                },
          ),
        );
      }

      /** Anything that shows that the work goes on although it was asked to stop. */
      function signOfLife() {
        if (!asked || over || clock.now() - askedAtMs < ON_ITS_WAY_MS) return;
        wentOn = true;
        observer.cancelNoted('ignored', 'The tool goes on although it was asked to stop.');
        watchSilence();
      }

      const unfollow = tap.follow(call.token, {
        progress(params) {
          observer.progress(progressFrom(params));
          signOfLife();
        },
        notice(method, params) {
          if (asked && isStopConfirmation(params))
            return settle({ status: 'cancelled', statusMessage: 'Stopped; nothing of it is left.' });
          observer.log(logLines(method, params));
        },
        answer({ result, error }) {
          if (result !== undefined) settle(endingFromResult(result, asked));
          else if (error !== undefined)
            settle(
              asked
                ? { status: 'cancelled', statusMessage: 'Stopped; the server confirmed it.' }
                : endingFromError(error),
            );
        },
        streamEnded: () => settle(connectionLost('The connection broke off before the answer came.', asked)),
      });

      client
        .callTool(
          { name: call.tool.name, arguments: { ...call.arguments }, _meta: metaOf(call.token, client) },
          { signal: abort.signal, timeout: NO_TIMEOUT_MS },
        )
        .catch((error: unknown) => {
          // The wire tells first; this is for calls that never reached it, and for answers we cannot follow.
          if (!asked && !over) settle(endingFromFault(error));
        });
      void connection.ended.then((why) => settle(connectionLost(why, asked)));

      function askToStop() {
        asked = true;
        askedAtMs = clock.now();
        abort.abort('Cancelled.');
        const { transport } = connection;
        const ownStream =
          connection.kind === 'http' &&
          (client.getProtocolEra() === 'modern' || transport.sessionId === undefined);
        if (!ownStream) return watchSilence();
        tap.abortStream(call.token);
        settle({
          status: 'cancelled',
          statusMessage: 'Asked to stop by closing the connection of the call, as this server expects it.',
        });
      }

      return {
        done: settled.promise,
        cancel() {
          if (!asked && !over) askToStop();
        },
        stopWaiting: settle,
        async answer() {},
        leave() {},
        giveUp(ending) {
          if (over) return;
          if (!asked) abort.abort('Given up.');
          tap.abortStream(call.token);
          settle(ending);
        },
      };
    },
  };
}

/** Since 2026-07-28 a request says itself that it wants log messages; before, the server sends them anyway. */
const metaOf = (token: string, client: OpenConnection['client']) => ({
  progressToken: token,
  ...(client.getProtocolEra() === 'modern' ? { 'io.modelcontextprotocol/logLevel': 'info' } : {}),
});

/** A server may confirm a stop with a notification that carries the call's token and `{stopped: true}`. */
function isStopConfirmation(params: Readonly<Record<string, unknown>>): boolean {
  const data = params.data;
  return typeof data === 'object' && data !== null && (data as { stopped?: unknown }).stopped === true;
}

function connectionLost(message: string, asked: boolean): Ending {
  return asked
    ? {
        status: 'cancelled',
        statusMessage: `Asked to stop; then ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
      }
    : { status: 'failed', failure: { reason: 'server_exited', message } };
}
