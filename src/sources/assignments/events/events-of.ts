import { createHash } from 'node:crypto';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import type { ListUpdate, ResourceContent, ResourceUpdate } from '../../source.ts';
import { readJournal } from './journal.ts';

const CONTENT_CHARS = 32 * 1024;
const NAMES = 500;

/**
 * What happened, as a resource tells it that was just read. A journal (docs/events.md) tells its events; of any other
 * content that differs from the one before comes one event `resource.updated`.
 * @param seen ids of events that came of this resource before, in the order in which they came; at the beginning
 *   `firstSeen` of what was there
 */
export function eventsOf(update: ResourceUpdate, seen: Iterable<string>): AcceptedEvent[] {
  const { content, at, server, uri } = update;
  const journal = readJournal(content, at);
  if (journal !== undefined) {
    const known = new Set(seen);
    return journal.events.filter(({ id }) => !known.has(id) && known.add(id));
  }
  const data = { server, uri, content: shown(content), ...(content.isCut && { isCut: true }) };
  return changed(`${uri}\n${content.digest}`, seen).map((id) => ({ id, type: 'resource.updated', at, data }));
}

/** As `eventsOf`, of the list of a server: one event `list.changed` when something stands in it that did not, or less. */
export function eventsOfList(update: ListUpdate, seen: Iterable<string>): AcceptedEvent[] {
  const { server, list, names, digest, at } = update;
  const data = { server, list, names: names.slice(0, NAMES), count: names.length };
  return changed(`${list}\n${digest}`, seen).map((id) => ({ id, type: 'list.changed', at, data }));
}

/** What counts as seen when nothing was heard of a resource before: all that is there already. */
export function firstSeen(update: ResourceUpdate | ListUpdate): string[] {
  return ('content' in update ? eventsOf(update, []) : eventsOfList(update, [])).map(({ id }) => id);
}

/**
 * The id of a change to this content; none when it is as before. What comes back to an earlier content is a change, so
 * an id holds what was before it, too.
 */
function changed(content: string, seen: Iterable<string>): string[] {
  let before = '';
  for (const id of seen) before = id;
  const now = hashOf(content).slice(0, 32);
  if (before.startsWith(`${now}.`)) return [];
  return [`${now}.${hashOf(`${before}\n${now}`).slice(0, 16)}`];
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The value where it is JSON and short, else the text, cut. */
function shown({ json, text }: ResourceContent): unknown {
  if (json !== undefined && (text?.length ?? 0) <= CONTENT_CHARS) return json;
  return text?.slice(0, CONTENT_CHARS) ?? null;
}
