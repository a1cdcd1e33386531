import type { Item, Tree } from './tree.ts';

/**
 * `update` brings what is new or newer and takes nothing away; `mirror` makes the destination the same as the source.
 */
export type Mode = 'update' | 'mirror';

/** A file to copy. */
export interface Copy {
  readonly item: Item;
  /** There is something of that name, which the copy takes the place of. */
  readonly replaces: boolean;
  /** Only if the content differs: size and time are the same, and hashes were asked for. */
  readonly ifDifferent: boolean;
}

/** What is left as it is in the destination, and why. */
export interface Conflict {
  readonly path: string;
  readonly reason: string;
}

/** What a sync has to do. */
export interface Plan {
  /** Folders to make, each before its content. */
  readonly folders: readonly Item[];
  readonly copies: readonly Copy[];
  /** Links to make. */
  readonly links: readonly { readonly item: Item; readonly replaces: boolean }[];
  /** Entries whose permissions alone differ. */
  readonly modes: readonly Item[];
  /** Only of a mirror: what is not in the source, content before its folder. */
  readonly deletes: readonly Item[];
  readonly conflicts: readonly Conflict[];
  /** Files and links that are the same already. */
  readonly same: readonly Item[];
  /** Pipes, sockets and devices, which are not copied. */
  readonly special: readonly Item[];
}

export interface PlanOptions {
  readonly mode: Mode;
  /** Compare what looks the same by its content. */
  readonly checksum: boolean;
}

/** Times nearer to each other than this are the same: not every file system keeps nanoseconds. */
const SAME_TIME_MS = 1;

/** Compares two trees. Pure: it looks at nothing but what is given. */
export function planSync(source: Tree, destination: Tree, { mode, checksum }: PlanOptions): Plan {
  const folders: Item[] = [];
  const copies: Copy[] = [];
  const links: { item: Item; replaces: boolean }[] = [];
  const modes: Item[] = [];
  const conflicts: Conflict[] = [];
  const same: Item[] = [];
  const special: Item[] = [];
  const blocked: string[] = [];

  for (const item of source.items.values()) {
    if (item.kind === 'other') {
      special.push(item);
      continue;
    }
    if (isUnder(blocked, item.path)) continue;
    const there = destination.items.get(item.path);
    const reason = there && conflictOf(item, there, mode);
    if (reason !== undefined) {
      conflicts.push({ path: item.path, reason });
      if (item.kind === 'folder' || there?.kind === 'folder') blocked.push(item.path);
    } else if (item.kind === 'folder') {
      if (there === undefined) folders.push(item);
    } else if (item.kind === 'link') {
      if (there?.kind === 'link' && there.target === item.target) same.push(item);
      else links.push({ item, replaces: there !== undefined });
    } else if (there?.kind === 'file' && isSame(item, there)) {
      if (checksum) copies.push({ item, replaces: true, ifDifferent: true });
      else {
        same.push(item);
        if (there.mode !== item.mode) modes.push(item);
      }
    } else copies.push({ item, replaces: there !== undefined, ifDifferent: false });
  }
  const deletes = mode === 'mirror' ? extras(source, destination, blocked) : [];
  return { folders, copies, links, modes, deletes, conflicts, same, special };
}

/** By size and time. */
export const isSame = (a: Item, b: Item): boolean => a.size === b.size && isSameTime(a.mtimeMs, b.mtimeMs);

const isSameTime = (a: number, b: number): boolean => Math.abs(a - b) < SAME_TIME_MS;

/** Why what is there must stay; `undefined` when it may be used or replaced. */
function conflictOf(item: Item, there: Item, mode: Mode): string | undefined {
  if ((item.kind === 'folder') !== (there.kind === 'folder'))
    return `a ${nameOf(item)} in the source, a ${nameOf(there)} in the destination`;
  if (item.kind === 'folder' || mode === 'mirror') return undefined;
  if (item.kind !== there.kind)
    return `a ${nameOf(item)} in the source, a ${nameOf(there)} in the destination`;
  const isUnchanged = item.kind === 'link' ? item.target === there.target : isSame(item, there);
  if (isUnchanged || there.mtimeMs <= item.mtimeMs || isSameTime(there.mtimeMs, item.mtimeMs))
    return undefined;
  return 'the destination is newer';
}

const nameOf = ({ kind }: Item): string => (kind === 'other' ? 'special file' : kind);

function extras(source: Tree, destination: Tree, blocked: readonly string[]): Item[] {
  const found = [...destination.items.values()].filter(
    ({ path }) => !source.items.has(path) && !isUnder(blocked, path),
  );
  return found.reverse();
}

const isUnder = (folders: readonly string[], path: string): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));
