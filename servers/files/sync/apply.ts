import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  futimesSync,
  lchownSync,
  lutimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { NearbyFolder } from '../place/nearby-folder.ts';
import type { OpenFolder } from '../place/open-folder.ts';
import { partName } from '../place/part-name.ts';
import { Turns } from '../place/turns.ts';
import type { Plan } from './plan.ts';
import type { Problems } from './problems.ts';
import type { Item } from './tree.ts';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
const isRoot = process.geteuid?.() === 0;

export interface Ends {
  readonly source: OpenFolder;
  readonly destination: OpenFolder;
  readonly problems: Problems;
  readonly signal: AbortSignal;
}

/** Makes the missing folders; only we can use them until their permissions are set at the end. @returns how many */
export function makeFolders(folders: readonly Item[], ends: Ends): Promise<number> {
  return eachIn(ends.destination, folders, ends, (folder, name) => {
    mkdirSync(folder.entry(name), { mode: 0o700 });
  });
}

/** Copies links as links: made under another name, then renamed. @returns how many */
export function makeLinks(links: Plan['links'], ends: Ends): Promise<number> {
  const items = links.map(({ item }) => item);
  return eachIn(ends.destination, items, ends, (folder, name, item) => {
    const part = folder.entry(partName(name));
    try {
      unlinkSync(part);
    } catch {
      // as it should be
    }
    symlinkSync(item.target ?? '', part);
    lutimesSync(part, item.mtimeMs / 1_000, item.mtimeMs / 1_000);
    renameSync(part, folder.entry(name));
  });
}

/** Sets the permissions of files that have no others to set. @returns how many */
export function setModes(items: readonly Item[], ends: Ends): Promise<number> {
  return eachIn(ends.destination, items, ends, (folder, name, item) => {
    // A link in its place would be followed by chmod.
    if (folder.lstat(name)?.isFile()) chmodSync(folder.entry(name), item.mode);
  });
}

/** Takes entries away, each folder after its content. @returns the items that are gone */
export async function removeItems(
  top: OpenFolder,
  items: readonly Item[],
  acting: Pick<Ends, 'problems' | 'signal'>,
  tell: (gone: number, path: string) => void = () => {},
): Promise<Item[]> {
  const gone: Item[] = [];
  await eachIn(top, items, acting, (folder, name, item) => {
    if (item.kind === 'folder') rmdirSync(folder.entry(name));
    else unlinkSync(folder.entry(name));
    gone.push(item);
    tell(gone.length, item.path);
  });
  return gone;
}

/** Gives folders the permissions, times and (as root) owner of the source; last, because work in them moves times. */
export async function finishFolders(items: readonly Item[], ends: Ends): Promise<void> {
  using sources = new NearbyFolder(ends.source);
  await eachIn(ends.destination, [...items].reverse(), ends, (folder, name, item) => {
    const there = folder.lstat(name);
    if (!there?.isDirectory()) return;
    const from = isRoot ? sources.of(item.path) : undefined;
    const owner = from?.folder.lstat(from.name);
    const isOwned = owner === undefined || (owner.uid === there.uid && owner.gid === there.gid);
    if (isOwned && (there.mode & 0o7777) === item.mode && Math.abs(there.mtimeMs - item.mtimeMs) < 1) return;
    const fd = openSync(folder.entry(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      if (owner !== undefined) fchownSync(fd, owner.uid, owner.gid);
      fchmodSync(fd, item.mode);
      futimesSync(fd, fstatSync(fd).atimeMs / 1_000, item.mtimeMs / 1_000);
    } finally {
      closeSync(fd);
    }
  });
}

/** The owner of links, which only root can give away. */
export async function ownLinks(links: Plan['links'], ends: Ends): Promise<void> {
  if (!isRoot) return;
  using sources = new NearbyFolder(ends.source);
  const items = links.map(({ item }) => item);
  await eachIn(ends.destination, items, ends, (folder, name, item) => {
    const from = sources.of(item.path);
    const owner = from.folder.lstat(from.name);
    if (owner !== undefined) lchownSync(folder.entry(name), owner.uid, owner.gid);
  });
}

/** One after the other, giving way to others, until a stop. @returns how many were done */
async function eachIn(
  top: OpenFolder,
  items: readonly Item[],
  { problems, signal }: Pick<Ends, 'problems' | 'signal'>,
  act: (folder: OpenFolder, name: string, item: Item) => void,
): Promise<number> {
  using near = new NearbyFolder(top);
  const turns = new Turns();
  let done = 0;
  for (const item of items) {
    if (turns.isDue) await turns.give();
    if (signal.aborted) break;
    const isDone = problems.try(item.path, () => {
      const { folder, name } = near.of(item.path);
      act(folder, name, item);
    });
    if (isDone) done++;
  }
  return done;
}
