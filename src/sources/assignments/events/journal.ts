import * as z from 'zod';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import type { ResourceContent } from '../../source.ts';
import { cappedData } from './capped-data.ts';

const MOST_EVENTS = 10_000;

const Journal = z.looseObject({ events: z.array(z.unknown()), older: z.string().min(1).optional() });

const Entry = z.looseObject({
  id: z.union([z.string().min(1).max(200), z.int().transform(String)]),
  type: z
    .string()
    .max(100)
    .regex(/^[\w.:/-]+$/),
  at: z.iso.datetime({ offset: true }).optional().catch(undefined),
  seq: z.number().optional().catch(undefined),
});

/** Events that a resource holds (docs/events.md). */
export interface Journal {
  /** The oldest first. Entries that cannot be read are left out. */
  readonly events: readonly AcceptedEvent[];
  /** The URI of a resource with the events before these, where there are any. */
  readonly older?: string;
}

/** @param at when it was read: the time of entries that name none @returns undefined when the content is no journal */
export function readJournal({ json }: ResourceContent, at: string): Journal | undefined {
  const journal = Journal.safeParse(json);
  if (!journal.success) return undefined;
  const { events: listed, older } = journal.data;
  const entries = listed.slice(-MOST_EVENTS).flatMap((entry) => Entry.safeParse(entry).data ?? []);
  if (entries.length === 0 && listed.length > 0) return undefined; // it only happens to have a list of that name
  if (entries.every(({ seq }) => seq !== undefined)) entries.sort((a, b) => a.seq! - b.seq!);
  const events = entries.map(({ id, type, at: own = at, ...data }) => ({
    id,
    type,
    at: new Date(own).toISOString(),
    data: cappedData(data),
  }));
  return { events, ...(older !== undefined && { older }) };
}
