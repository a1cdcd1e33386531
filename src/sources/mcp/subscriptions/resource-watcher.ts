import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { ResourceWatcher, Watching } from '../../source.ts';
import type { ServerSet } from '../server-set.ts';
import { readResource } from './read-topic.ts';
import type { ServerWatch } from './server-watch.ts';
import { type AnyUpdate, type Standing, watchServer } from './server-watch.ts';
import type { Topic } from './topic.ts';

/** Watches what servers report of their resources and lists; only those that somebody watches. */
export function createResourceWatcher(parts: {
  readonly servers: ServerSet;
  readonly connectWaitMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}): ResourceWatcher & { close(): void } {
  const { servers, connectWaitMs, clock, log } = parts;
  const watches = new Map<string, ServerWatch>();

  const standingOf = (server: string): Standing => ({
    current: servers.linkTo(server).current,
    whyNot() {
      const view = servers.get(server);
      if (view === undefined || view.state === 'removed') return `There is no server “${server}”.`;
      if (view.state === 'off') return `The server “${server}” is turned off.`;
      if (view.state !== 'failed') return undefined;
      return `The server “${server}” is not connected. ${view.error?.message ?? ''}`.trim();
    },
    onChange: servers.onStanding,
  });

  function watch(server: string, topic: Topic, watching: Watching<AnyUpdate>): () => void {
    const known = watches.get(server);
    const watched = known ?? watchServer({ server, standing: standingOf(server), clock, log });
    if (known === undefined) watches.set(server, watched);
    // An object of its own, so that the same listener may be handed in twice.
    const mine: Watching<AnyUpdate> = {
      changed: (update) => watching.changed(update),
      lost: (why) => watching.lost(why),
    };
    watched.add(topic, mine);
    return () => {
      if (watched.remove(topic, mine) || watches.get(server) !== watched) return;
      watches.delete(server);
      watched.close();
    };
  }

  return {
    watchResource: (server, uri, watching) =>
      watch(server, { kind: 'resource', uri }, watching as Watching<AnyUpdate>),
    watchList: (server, list, watching) =>
      watch(server, { kind: 'list', list }, watching as Watching<AnyUpdate>),
    async readResource(server, uri) {
      const { connection } = await servers.find(server).ready(connectWaitMs);
      return readResource(connection.tap, uri, new AbortController().signal);
    },
    close() {
      for (const watched of watches.values()) watched.close();
      watches.clear();
    },
  };
}
