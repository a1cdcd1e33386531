import type { Stats } from 'node:fs';
import { NearbyFolder } from '../place/nearby-folder.ts';
import { OpenFolder } from '../place/open-folder.ts';
import { isPartName } from '../place/part-name.ts';
import { Turns } from '../place/turns.ts';
import { walk } from '../place/walk.ts';
import type { Seen } from './seen.ts';

/** Whether something in a watched folder is of no interest: our partial copies, and unless asked, dot folders. */
export function isIgnored(path: string, hidden: boolean): boolean {
  const names = path.split('/');
  const name = names.pop()!;
  return isPartName(name) || (!hidden && names.some((folder) => folder.startsWith('.')));
}

/** Looks at files; `undefined` is told where there is none, also when something else has its name. */
export async function lookAt(
  top: OpenFolder,
  paths: readonly string[],
  tell: (path: string, seen: Seen | undefined) => void,
): Promise<void> {
  using near = new NearbyFolder(top);
  const turns = new Turns();
  for (const path of [...paths].sort()) {
    if (turns.isDue) await turns.give();
    let stats: Stats | undefined;
    try {
      const { folder, name } = near.of(path);
      stats = folder.lstat(name);
    } catch (error) {
      // What may not be looked at is neither gone nor changed.
      if ((error as NodeJS.ErrnoException).code === 'EACCES') continue;
    }
    tell(path, stats?.isFile() ? seenOf(stats) : undefined);
  }
}

export interface WholeLook {
  readonly files: Map<string, Seen>;
  /** Folders that could not be looked into; of what lies in them nothing is known. */
  readonly unreadable: readonly string[];
}

/** All files of a watched folder. */
export async function lookAtAll(folder: string, hidden: boolean, signal: AbortSignal): Promise<WholeLook> {
  using top = OpenFolder.root(folder);
  const files = new Map<string, Seen>();
  const unreadable: string[] = [];
  const turns = new Turns();
  const enter = ({ name }: { name: string }) => hidden || !name.startsWith('.');
  for (const { path, kind, stats } of walk(top, {
    enter,
    unreadable: (each) => unreadable.push(each.path),
  })) {
    if (kind === 'file' && !isIgnored(path, hidden)) files.set(path, seenOf(stats));
    if (turns.isDue) await turns.give();
    if (signal.aborted) break;
  }
  return { files, unreadable };
}

const seenOf = ({ size, mtimeMs, ino }: Stats): Seen => ({ size, mtimeMs, ino });
