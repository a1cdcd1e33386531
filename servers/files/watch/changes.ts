import { isSameSeen, type Seen } from './seen.ts';
import type { Settled } from './settling.ts';

export type ChangeType = 'file.created' | 'file.changed' | 'file.removed';

/** What happened to one file. */
export interface Change {
  readonly type: ChangeType;
  /** From the watched folder, with `/` between the names. */
  readonly path: string;
  /** Now; of a removed file as it was last known. */
  readonly seen: Seen;
  /** Of a created file: the removed one of the same batch that it was, by number and size. */
  readonly renamedFrom?: string;
}

/** What settled paths mean, against what was known of them. Pure. A removal comes before the creation it became. */
export function changesOf(known: ReadonlyMap<string, Seen>, settled: readonly Settled[]): Change[] {
  const removed: Change[] = [];
  const others: Change[] = [];
  for (const { path, seen } of settled) {
    const before = known.get(path);
    if (isSameSeen(before, seen)) continue;
    if (seen === undefined) removed.push({ type: 'file.removed', path, seen: before! });
    else others.push({ type: before === undefined ? 'file.created' : 'file.changed', path, seen });
  }
  const gone = new Map(removed.map(({ path, seen }) => [identityOf(seen), path]));
  const withNames = others.map((change) => {
    const from = change.type === 'file.created' ? gone.get(identityOf(change.seen)) : undefined;
    return from === undefined ? change : { ...change, renamedFrom: from };
  });
  return [...removed, ...withNames];
}

const identityOf = ({ ino, size }: Seen): string => `${ino}/${size}`;

/** The paths where a whole look at a folder shows something else than what is known. Pure. */
export function* differencesOf(
  known: ReadonlyMap<string, Seen>,
  now: ReadonlyMap<string, Seen>,
  isUnknown: (path: string) => boolean,
): Generator<string> {
  for (const [path, seen] of now) if (!isSameSeen(known.get(path), seen)) yield path;
  for (const path of known.keys()) if (!now.has(path) && !isUnknown(path)) yield path;
}
