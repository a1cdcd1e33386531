import { createHash } from 'node:crypto';
import type { PriorDiscovery } from '@modelcontextprotocol/client';
import { type Clock, isoNow } from '../../../base/clock.ts';
import type { SourceNotes } from '../../../store/ports.ts';
import type { ServerEntry } from '../../server-entry.ts';
import type { TransportKind } from '../transport/make-transport.ts';

const SCOPE = 'negotiation';
const WEEK_MS = 7 * 24 * 3_600_000;

/** How a server speaks, as it was found out. */
export interface Verdict {
  readonly transport: TransportKind;
  readonly prior: PriorDiscovery;
  /** When it was found out. */
  readonly at: string;
}

/**
 * What was negotiated with each server, from one connection to the next. A server that is silent when it is
 * asked for its version costs seconds, so it is asked once. The note goes stale: an old server that has learned
 * to speak anew still answers to the old ways, so nothing else would tell.
 */
export interface Negotiations {
  /** Nothing when the entry has changed, or the note is a week old. */
  recall(name: string, entry: ServerEntry): Promise<Verdict | undefined>;
  /** @returns the verdict with its date */
  remember(name: string, entry: ServerEntry, found: Omit<Verdict, 'at'>): Promise<Verdict>;
  forget(name: string): Promise<void>;
}

export function createNegotiations(notes: SourceNotes, clock: Clock): Negotiations {
  return {
    async recall(name, entry) {
      const note = (await notes.get(SCOPE, name).catch(() => undefined)) as
        | (Verdict & { entry: string })
        | undefined;
      if (note?.entry !== fingerprint(entry) || clock.now() - Date.parse(note.at) > WEEK_MS) return undefined;
      const { transport, prior, at } = note;
      return { transport, prior, at };
    },
    async remember(name, entry, { transport, prior }) {
      const verdict = { transport, prior, at: isoNow(clock) };
      // What cannot be kept is found out again next time; the connection is none the worse.
      await notes.put(SCOPE, name, { ...verdict, entry: fingerprint(entry) }).catch(() => {});
      return verdict;
    },
    forget: (name) => notes.remove(SCOPE, name).catch(() => {}),
  };
}

/** Tells whether an entry still names the same program or address, without keeping what may be secret. */
const fingerprint = ({ type, command, args, url }: ServerEntry): string =>
  createHash('sha256')
    .update(JSON.stringify([type, command, args, url]))
    .digest('base64url');
