import type { AcceptedEvent } from '../../../assignment/run.ts';
import type { ResourceContent, ResourceUpdate } from '../../source.ts';
import { eventsOf } from './events-of.ts';
import { readJournal } from './journal.ts';

const MOST_PAGES = 200;

/**
 * As `eventsOf`, and reads on in what came before where a journal shows its newest events only and knows none of those
 * that were seen. It is for a resource that is watched already: without anything seen, all that there is counts as new.
 * @param read reads another resource of the same server
 * @returns the oldest first; `missed`: some may be missing, because the server no longer has them
 * @throws {Error} of `read`; then nothing has been learned, and it is to be tried again
 */
export async function catchUp(
  update: ResourceUpdate,
  seen: ReadonlySet<string>,
  read: (uri: string) => Promise<ResourceContent>,
): Promise<{ readonly events: readonly AcceptedEvent[]; readonly missed: boolean }> {
  let events: readonly AcceptedEvent[] = eventsOf(update, seen);
  let journal = readJournal(update.content, update.at);
  const visited = new Set([update.uri]);
  while (journal !== undefined) {
    const { older, events: listed } = journal;
    if (listed.some(({ id }) => seen.has(id))) break;
    if (older === undefined) return { events, missed: listed.length > 0 && seen.size > 0 };
    if (visited.has(older) || visited.size === MOST_PAGES) return { events, missed: true };
    visited.add(older);
    journal = readJournal(await read(older), update.at);
    if (journal === undefined) return { events, missed: true };
    events = [...newIn(journal.events, seen, events), ...events];
  }
  return { events, missed: false };
}

/** Of an earlier page: what stands after the first that was seen. What is before that was there at the beginning. */
function newIn(
  listed: readonly AcceptedEvent[],
  seen: ReadonlySet<string>,
  later: readonly AcceptedEvent[],
): AcceptedEvent[] {
  const known = new Set(later.map(({ id }) => id));
  const first = listed.findIndex(({ id }) => seen.has(id));
  return listed.slice(first + 1).filter(({ id }) => !seen.has(id) && !known.has(id));
}
