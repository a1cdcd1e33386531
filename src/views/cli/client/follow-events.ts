import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../base/errors.ts';
import { addressOf, headersFor } from './ask.ts';
import { backoffMs } from './backoff.ts';
import type { Host } from './find-host.ts';
import { connectionError, problemError } from './problem.ts';
import { readEvents } from './read-events.ts';

/** What comes over the live feed, and what becomes of the connection. */
export type FeedItem =
  /** `type` is `task`, `message`, `session`, `server` …; `data` is the record as JSON text. */
  | { readonly kind: 'event'; readonly type: string; readonly data: string }
  /** The connection is gone and the next attempt is under way; told once per break. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'back' };

export interface FollowOptions {
  /** Finds the host anew for every attempt: after a restart it may answer elsewhere. */
  readonly find: () => Promise<Host>;
  /** The seq up to which everything is known already. */
  readonly after: number;
  readonly session?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Everything after a seq, then what comes next, over breaks of the connection and restarts of the host, until
 * the signal says stop. An event is never given twice.
 * @throws {AppError} when the host refuses for good (sign-in, a wrong question)
 */
export async function* followEvents(options: FollowOptions): AsyncGenerator<FeedItem, void> {
  const { find, signal, session } = options;
  let after = options.after;
  let attempt = 0;
  let told = false;
  while (!signal.aborted) {
    try {
      const body = await open(await find(), { after, session }, signal);
      if (told) yield { kind: 'back' };
      told = false;
      for await (const event of readEvents(body)) {
        attempt = 0;
        const seq = Number(event.id ?? Number.NaN);
        if (seq <= after && event.event !== 'resync') continue;
        if (Number.isFinite(seq)) after = seq;
        yield { kind: 'event', type: event.event ?? 'message', data: event.data };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw error;
      if (!told) yield { kind: 'lost' };
      told = true;
    }
    attempt++;
    await wait(backoffMs(attempt, Math.random()), undefined, { signal }).catch(() => {});
  }
}

async function open(host: Host, query: { after: number; session: string | undefined }, signal: AbortSignal) {
  const response = await fetch(addressOf(host, '/api/events', query), {
    headers: { ...headersFor(host), accept: 'text/event-stream' },
    signal,
  }).catch((error) => {
    throw connectionError(host.url, error);
  });
  if (response.ok && response.body) return response.body;
  const text = await response.text();
  if (response.status >= 500) throw new Error(`The host answered with status ${response.status}.`);
  throw problemError(host.url, response.status, text);
}

const isRefusal = (error: unknown): boolean => error instanceof AppError && error.code !== 'host_unreachable';
