import * as z from 'zod';
import type { Clock } from '../../../base/clock.ts';
import type { OpenConnection } from '../drivers/driver.ts';
import { keepNotices } from './keep-notices.ts';
import { listenForAll } from './listen-for-all.ts';
import { subscribeEach } from './subscribe-each.ts';
import type { SubscriberEvents } from './subscriber.ts';
import type { Topic } from './topic.ts';

const About = z.object({ uri: z.string() });

/** One connection, heard for as long as it is there. */
export interface Following {
  readonly connection: OpenConnection;
  /** Why nothing can be told over it, although it was agreed to. */
  readonly cannot: string | undefined;
  readonly stopped: AbortSignal;
  want(topics: readonly Topic[]): void;
  stop(): void;
}

export interface ConnectionEvents extends SubscriberEvents {
  /** A notification of the server; `uri` where it names one. */
  notice(method: string, uri: string | undefined): void;
  /** It could not be heard for a while, and something may have been missed. */
  back(): void;
  cannot(why: string): void;
}

export function followConnection(
  connection: OpenConnection,
  events: ConnectionEvents,
  clock: Clock,
): Following {
  const { tap, client, kind } = connection;
  const stopping = new AbortController();
  const isModern = client.getProtocolEra() === 'modern';
  const subscriber = (isModern ? listenForAll : subscribeEach)(connection, events, clock);
  let cannot: string | undefined;

  const unhear = tap.hear({
    notice(method, params) {
      events.notice(method, About.safeParse(params).data?.uri);
      if (method === 'notifications/resources/list_changed') subscriber.again(); // what was not there may be now
    },
    contact(isThere) {
      if (isThere) events.back();
    },
  });
  const hasNotices = !isModern && kind === 'http';
  const unkeep = hasNotices ? keepNotices(connection, { back, cannot: setCannot }, clock) : undefined;

  function back() {
    cannot = undefined;
    events.back();
  }

  function setCannot(why: string) {
    cannot = why;
    events.cannot(why);
  }

  return {
    connection,
    get cannot() {
      return cannot;
    },
    stopped: stopping.signal,
    want: subscriber.want,
    stop() {
      stopping.abort();
      unhear();
      unkeep?.();
      subscriber.stop();
    },
  };
}
