import type { Assignment } from '../../../assignment/assignment.ts';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store } from '../../../store/ports.ts';
import type { ListUpdate, ResourceUpdate, ResourceWatcher, Watching } from '../../source.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { catchUp } from './catch-up.ts';
import type { Accept } from './event-firing.ts';
import { eventsOfList, firstSeen } from './events-of.ts';

/** The ids of what was seen of a resource, so many of the newest. */
const SEEN = 5_000;
const SCOPE = 'events-seen';
const RETRY_MS = 5_000;

/** Watches what the assignments that are on want to hear of. */
export interface WatchedServers {
  open(): Promise<void>;
  /** An assignment was written: it may want to hear of something else now. */
  follow(assignment: Assignment): void;
  /** Settles when what was heard has been taken in. */
  close(): Promise<void>;
}

export function watchServers(parts: {
  store: Pick<Store, 'assignments' | 'hosts' | 'notes'>;
  watcher: ResourceWatcher;
  accept: Accept;
  clock: Clock;
  log: Logger;
}): WatchedServers {
  const { store, watcher, accept, clock, log } = parts;
  const alone = oneAtATime();
  /** Servers of one name may be others at another host, and hold something else. */
  const keyOf = (id: string) => (store.hosts === undefined ? id : `${id} ${store.hosts.id}`);
  const newest = new Map<string, object>();
  const working = new Set<Promise<void>>();
  const watching = new Map<string, { readonly what: string; readonly undo: () => void }>();

  function follow(assignment: Assignment): void {
    const { id, state, trigger } = assignment;
    const source = trigger.type === 'event' && state === 'on' ? trigger.source : undefined;
    const isOurs = source?.kind === 'resource' || source?.kind === 'list';
    const what = isOurs ? JSON.stringify(source) : '';
    const before = watching.get(id);
    if (before?.what === what) return;
    before?.undo();
    watching.delete(id);
    // What happens while nobody is to hear of it is no news afterwards.
    if (before !== undefined && !isOurs) inTurn(id, () => store.notes.remove(SCOPE, keyOf(id)));
    if (!isOurs) return;
    const hear = <Update extends ResourceUpdate | ListUpdate>(): Watching<Update> => ({
      changed: (update) => takeIn(id, { what, update }),
      lost: (why) => log.info({ assignment: id, why }, 'changes are not heard of for now'),
    });
    const undo =
      source.kind === 'resource'
        ? watcher.watchResource(source.server, source.uri, hear<ResourceUpdate>())
        : watcher.watchList(source.server, source.list, hear<ListUpdate>());
    watching.set(id, { what, undo });
  }

  /** What could not be taken in is tried again, unless something newer has been heard, which holds it too. */
  function takeIn(id: string, news: { what: string; update: ResourceUpdate | ListUpdate }): void {
    newest.set(id, news);
    const isStillNews = () => newest.get(id) === news && watching.get(id)?.what === news.what;
    inTurn(id, async () => {
      try {
        await heard(id, news.what, news.update);
        if (isStillNews()) newest.delete(id);
      } catch (error) {
        log.error({ err: error, assignment: id }, 'what has changed could not be taken in; trying again');
        clock.after(RETRY_MS, () => isStillNews() && takeIn(id, news));
      }
    });
  }

  function inTurn(id: string, work: () => Promise<void>): void {
    const done: Promise<void> = alone(id, work)
      .catch((error) => log.error({ err: error, assignment: id }, 'what was seen could not be noted'))
      .finally(() => working.delete(done));
    working.add(done);
  }

  /** Accepts what is new, and only then notes it as seen: after a crash between it is seen again, and known by its id. */
  async function heard(id: string, what: string, update: ResourceUpdate | ListUpdate): Promise<void> {
    const assignment = await store.assignments.get(id);
    if (assignment === undefined || assignment.state !== 'on') return;
    const note = (await store.notes.get(SCOPE, keyOf(id))) as { what: string; ids: string[] } | undefined;
    // What was there before the assignment was made is no event.
    if (note === undefined || note.what !== what) return seen(id, what, firstSeen(update));
    const events = await newEvents(update, note.ids);
    for (const event of events) await accept(assignment, event);
    if (events.length > 0) await seen(id, what, [...note.ids, ...events.map((event) => event.id)]);
  }

  async function newEvents(
    update: ResourceUpdate | ListUpdate,
    ids: readonly string[],
  ): Promise<readonly AcceptedEvent[]> {
    if (!('content' in update)) return eventsOfList(update, ids);
    const read = (uri: string) => watcher.readResource(update.server, uri);
    const { events, missed } = await catchUp(update, new Set(ids), read);
    if (missed)
      log.warn({ server: update.server, uri: update.uri }, 'a journal does not reach back to what was seen');
    return events;
  }

  const seen = (id: string, what: string, ids: readonly string[]) =>
    store.notes.put(SCOPE, keyOf(id), { what, ids: ids.slice(-SEEN) });

  return {
    async open() {
      const lists = await Promise.all(
        (['resource', 'list'] as const).map((kind) => store.assignments.listening(kind)),
      );
      for (const assignment of lists.flat()) follow(assignment);
    },
    follow,
    async close() {
      for (const { undo } of watching.values()) undo();
      watching.clear();
      await Promise.all(working);
    },
  };
}
