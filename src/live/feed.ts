import { AppError } from '../base/errors.ts';
import type { Change, Store } from '../store/ports.ts';
import { changeKey, concerns } from './change-key.ts';

/** How far a reader may be behind before it is told to fetch everything anew. */
const LONGEST_REPLAY = 5_000;
const REPLAY_PAGE = 500;

/** What a reader is told next: changes in order of seq, or that it must fetch everything anew. */
export type Batch =
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  | { readonly type: 'resync'; readonly head: number };

export interface FeedReader {
  /** The next batch; waits until there is one. `undefined` once closed. */
  next(): Promise<Batch | undefined>;
  close(): void;
}

/** The change feed: everything after a seq, then what comes next, to any number of readers. */
export interface Feed {
  /** @param query.after the last seq the reader has seen; without it, only what comes next */
  read(query: { readonly after?: number; readonly sessionId?: string }): FeedReader;
  close(): void;
}

/**
 * A reader holds one newest change per record, so a slow one costs no more memory than there are records,
 * skips states in between, and misses no end.
 */
export function createFeed(store: Pick<Store, 'changes'>): Feed {
  const readers = new Set<Pending>();
  const undo = store.changes.follow((changes) => {
    for (const reader of readers) reader.offer(changes);
  });

  return {
    read({ after, sessionId }) {
      const pending = createPending(sessionId);
      readers.add(pending);
      let replay: Promise<Batch | undefined> | undefined =
        after === undefined ? undefined : replayAfter(after, sessionId, store, pending);
      replay?.catch(() => {}); // told by next(), which a reader that left does not call
      return {
        async next() {
          const first = await replay;
          replay = undefined;
          return first ?? pending.take();
        },
        close() {
          readers.delete(pending);
          pending.close();
        },
      };
    },
    close() {
      undo();
      for (const reader of readers) reader.close();
      readers.clear();
    },
  };
}

/** Reads what was missed. Commits that land meanwhile are offered to `pending`, which keeps the newest. */
async function replayAfter(
  after: number,
  sessionId: string | undefined,
  store: Pick<Store, 'changes'>,
  pending: Pending,
): Promise<Batch | undefined> {
  const head = await store.changes.head();
  if (after > head) return startAnew(head, pending);
  const missed: Change[] = [];
  for (let from = after; ; ) {
    const page = await store.changes.since(from, REPLAY_PAGE);
    missed.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < REPLAY_PAGE) break;
    from = last.seq;
    if (missed.length > LONGEST_REPLAY) return startAnew(await store.changes.head(), pending);
  }
  pending.startAt(after);
  pending.offer(missed.filter((change) => concerns(change, sessionId)));
  return undefined;
}

/** What comes after `head` is told as ever, whatever seq the reader came with. */
function startAnew(head: number, pending: Pending): Batch {
  pending.startAt(head);
  return { type: 'resync', head };
}

interface Pending {
  offer(changes: readonly Change[]): void;
  /** The reader has what came up to `seq`. */
  startAt(seq: number): void;
  take(): Promise<Batch | undefined>;
  close(): void;
}

function createPending(sessionId: string | undefined): Pending {
  const newest = new Map<string, Change>();
  let wake: (() => void) | undefined;
  let closed = false;
  let sentUpTo = 0; // until a replay says where to start, nothing that lands meanwhile is let go

  return {
    offer(changes) {
      for (const change of changes) {
        if (change.seq <= sentUpTo || !concerns(change, sessionId)) continue;
        const key = changeKey(change);
        const held = newest.get(key);
        if (held === undefined || held.seq < change.seq) newest.set(key, change);
      }
      if (newest.size > 0) wake?.();
    },
    startAt(seq) {
      sentUpTo = seq;
      for (const [key, change] of newest) if (change.seq <= seq) newest.delete(key);
    },
    async take() {
      if (newest.size === 0 && !closed) {
        await new Promise<void>((resolve) => {
          if (wake !== undefined) throw new AppError('internal', 'A feed reader was asked twice at once.');
          wake = resolve;
        });
        wake = undefined;
      }
      if (closed) return undefined;
      const changes = [...newest.values()].sort((a, b) => a.seq - b.seq);
      newest.clear();
      sentUpTo = changes.at(-1)?.seq ?? sentUpTo;
      return { type: 'changes', changes };
    },
    close() {
      closed = true;
      wake?.();
    },
  };
}
