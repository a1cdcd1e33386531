import { readlinkSync } from 'node:fs';
import type { Kind } from '../place/kind.ts';
import type { OpenFolder } from '../place/open-folder.ts';
import { isPartName } from '../place/part-name.ts';
import { reasonOf } from '../place/reason.ts';
import { Turns } from '../place/turns.ts';
import { type Unreadable, walk } from '../place/walk.ts';

/** One entry of a folder that is synced, as far as planning needs it. */
export interface Item {
  /** From the top of the tree, with `/` between the names. */
  readonly path: string;
  readonly kind: Kind;
  /** Bytes of a file; 0 of anything else. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Permissions, without the type. */
  readonly mode: number;
  /** How many names the file has. */
  readonly names: number;
  /** Where a link points to, as it is written there. */
  readonly target?: string;
}

/** What was found in a folder at one time. */
export interface Tree {
  /** Each folder before its content. */
  readonly items: ReadonlyMap<string, Item>;
  /** Partial copies that an earlier sync left, not among the items. */
  readonly parts: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

export interface ScanOptions {
  readonly signal: AbortSignal;
  /** Told now and then, with the entries met so far. */
  readonly met: (entries: number, path: string) => void;
}

export const EMPTY_TREE: Tree = { items: new Map(), parts: [], unreadable: [] };

/** Looks at all that lies in a folder. Stops early, with what it has, when `signal` is aborted. */
export async function scanTree(top: OpenFolder, { signal, met: tell }: ScanOptions): Promise<Tree> {
  const items = new Map<string, Item>();
  const parts: string[] = [];
  const unreadable: Unreadable[] = [];
  const turns = new Turns();
  for (const met of walk(top, { unreadable: (problem) => unreadable.push(problem) })) {
    if (turns.isDue) {
      tell(items.size, met.path);
      await turns.give();
      if (signal.aborted) break;
    }
    const { path, kind, stats, name } = met;
    if (kind === 'file' && isPartName(name)) {
      parts.push(path);
      continue;
    }
    const item = {
      path,
      kind,
      size: kind === 'file' ? stats.size : 0,
      mtimeMs: stats.mtimeMs,
      mode: stats.mode & 0o7777,
      names: stats.nlink,
    };
    if (kind !== 'link') items.set(path, item);
    else
      try {
        items.set(path, { ...item, target: readlinkSync(met.folder.entry(name)) });
      } catch (error) {
        unreadable.push({ path, reason: reasonOf(error) });
      }
  }
  return { items, parts, unreadable };
}

/** Files and their bytes. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** How many files and bytes these are; links, folders and the rest do not count. */
export function amountOf(items: Iterable<Pick<Item, 'kind' | 'size'>>): Amount {
  let files = 0;
  let bytes = 0;
  for (const { kind, size } of items)
    if (kind === 'file') {
      files++;
      bytes += size;
    }
  return { files, bytes };
}

/** Partial copies as items, to be removed. */
export const partsOf = ({ parts }: Tree): Item[] =>
  parts.map((path) => ({ path, kind: 'file', size: 0, mtimeMs: 0, mode: 0, names: 1 }));
