import { type Clock, isoNow } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { ListUpdate, ResourceUpdate, UpdateReason, Watching } from '../../source.ts';
import type { OpenConnection } from '../drivers/driver.ts';
import { type Following, followConnection } from './follow-connection.ts';
import { type PacedRuns, pacedRuns } from './paced-runs.ts';
import { readList, readResource } from './read-topic.ts';
import { isAbout, keyOf, type Topic, wordsOf } from './topic.ts';

/** A burst of notifications of one topic is read once in so long. */
const READ_EVERY_MS = 100;

export type AnyUpdate = ResourceUpdate | ListUpdate;

/** How a server stands, for those who watch it. */
export interface Standing {
  /** The connection, while there is one. */
  current(): OpenConnection | undefined;
  /** Why there is none, in words; nothing while it is connecting. */
  whyNot(): string | undefined;
  onChange(look: () => void): () => void;
}

interface Watched {
  readonly topic: Topic;
  /** What each of them has still to be told, if anything. */
  readonly due: Map<Watching<AnyUpdate>, UpdateReason | undefined>;
  readonly runs: PacedRuns;
  /** What was last told as lost, and still holds. */
  problem: string | undefined;
}

/** All that is watched at one server. */
export interface ServerWatch {
  add(topic: Topic, watching: Watching<AnyUpdate>): void;
  /** @returns whether anything is still watched */
  remove(topic: Topic, watching: Watching<AnyUpdate>): boolean;
  close(): void;
}

export function watchServer(parts: {
  readonly server: string;
  readonly standing: Standing;
  readonly clock: Clock;
  readonly log: Logger;
}): ServerWatch {
  const { server, standing, clock, log } = parts;
  const all = new Map<string, Watched>();
  let following: Following | undefined;
  const unwatch = standing.onChange(look);
  look();

  /** Follows the connection that there is now. */
  function look() {
    const connection = standing.current();
    if (connection === following?.connection && connection !== undefined) return;
    leave();
    if (connection !== undefined) follow(connection);
    else tellWhyNot();
  }

  function follow(connection: OpenConnection) {
    const mine = followConnection(
      connection,
      {
        subscribed: (topic) => ask(all.get(keyOf(topic)), 'resubscribed'),
        refused: (topic, why) => lost(all.get(keyOf(topic)), why),
        notice(method, uri) {
          for (const watched of all.values())
            if (isAbout(watched.topic, method, uri)) ask(watched, 'updated');
        },
        back: askAll,
        cannot: lostAll,
      },
      clock,
    );
    following = mine;
    void connection.ended.then((why) => {
      if (following !== mine) return;
      leave();
      lostAll(`The connection to “${server}” ended. ${why}`);
    });
    wantAll();
  }

  function leave() {
    following?.stop();
    following = undefined;
  }

  function wantAll() {
    following?.want([...all.values()].map(({ topic }) => topic));
  }

  function tellWhyNot() {
    const why = standing.whyNot();
    if (why !== undefined) lostAll(why);
  }

  /** Has it read, for all who watch it. */
  function ask(watched: Watched | undefined, reason: UpdateReason) {
    if (watched === undefined) return;
    for (const [watching, due] of watched.due)
      watched.due.set(watching, due === 'resubscribed' ? due : reason);
    watched.runs.ask();
  }

  function askAll() {
    for (const watched of all.values()) ask(watched, 'resubscribed');
  }

  function lost(watched: Watched | undefined, why: string) {
    if (watched === undefined || watched.problem === why) return;
    watched.problem = why;
    for (const watching of [...watched.due.keys()]) tell(() => watching.lost(why));
  }

  function lostAll(why: string) {
    for (const watched of all.values()) lost(watched, why);
  }

  /** Whoever listens badly harms nobody else. */
  function tell(telling: () => void) {
    try {
      telling();
    } catch (error) {
      log.error({ err: error, server }, 'a change could not be told');
    }
  }

  /** @returns whether it succeeded; without a connection there is nothing to do until there is one again */
  async function read(watched: Watched): Promise<boolean> {
    const now = following;
    const due = [...watched.due].filter(([, reason]) => reason !== undefined);
    if (now === undefined || due.length === 0) return true;
    for (const [watching] of due) watched.due.set(watching, undefined);
    try {
      const update = await readNow(now, watched.topic);
      watched.problem = undefined;
      for (const [watching, reason] of due)
        if (watched.due.has(watching) && reason !== undefined)
          tell(() => watching.changed({ ...update, reason }));
      if (now.cannot !== undefined) lost(watched, now.cannot);
      return true;
    } catch (error) {
      for (const [watching, reason] of due)
        if (watched.due.has(watching) && watched.due.get(watching) !== 'resubscribed')
          watched.due.set(watching, reason);
      if (now.stopped.aborted) return true; // the next connection is asked
      lost(
        watched,
        `“${server}” could not be asked for ${wordsOf(watched.topic)}: ${(error as Error).message}`,
      );
      return false;
    }
  }

  async function readNow(
    { connection: { tap }, stopped }: Following,
    topic: Topic,
  ): Promise<Omit<ResourceUpdate, 'reason'> | Omit<ListUpdate, 'reason'>> {
    if (topic.kind === 'list') {
      const found = await readList(tap, topic.list, stopped);
      return { server, list: topic.list, at: isoNow(clock), ...found };
    }
    const content = await readResource(tap, topic.uri, stopped);
    return { server, uri: topic.uri, at: isoNow(clock), content };
  }

  return {
    add(topic, watching) {
      const known = all.get(keyOf(topic));
      if (known !== undefined) {
        known.due.set(watching, 'resubscribed');
        if (known.problem !== undefined) tell(() => watching.lost(known.problem ?? ''));
        else known.runs.ask();
        return;
      }
      const watched: Watched = {
        topic,
        due: new Map([[watching, undefined]]),
        runs: pacedRuns({ clock, everyMs: READ_EVERY_MS, run: () => read(watched) }),
        problem: undefined,
      };
      all.set(keyOf(topic), watched);
      if (following === undefined) tellWhyNot();
      else wantAll();
    },
    remove(topic, watching) {
      const watched = all.get(keyOf(topic));
      watched?.due.delete(watching);
      if (watched?.due.size === 0) {
        watched.runs.stop();
        all.delete(keyOf(topic));
        wantAll();
      }
      return all.size > 0;
    },
    close() {
      unwatch();
      for (const { runs } of all.values()) runs.stop();
      all.clear();
      wantAll();
      leave();
    },
  };
}
