import { readdirSync, type Stats } from 'node:fs';
import { type Kind, kindOf } from './kind.ts';
import type { OpenFolder } from './open-folder.ts';
import { reasonOf } from './reason.ts';

/** One entry met on a walk. */
export interface Met {
  /** From where the walk began, with `/` between the names. */
  readonly path: string;
  readonly name: string;
  /** 1 for the entries of the folder where the walk began. */
  readonly depth: number;
  readonly kind: Kind;
  readonly stats: Stats;
  /** The open folder that it lies in; to be used before the walk goes on. */
  readonly folder: OpenFolder;
}

/** What could not be looked at. */
export interface Unreadable {
  /** Empty for the folder where the walk began. */
  readonly path: string;
  readonly reason: string;
}

export interface WalkOptions {
  /** Whether to look into a folder. Default: into all. */
  readonly enter?: (met: Met) => boolean;
  readonly unreadable: (problem: Unreadable) => void;
}

interface Level {
  readonly folder: OpenFolder;
  readonly prefix: string;
  readonly names: readonly string[];
  next: number;
}

/**
 * All that lies in a folder, each folder before its content, names in the order of their characters. Links are met
 * and never followed. What vanishes meanwhile is left out.
 */
export function* walk(
  top: OpenFolder,
  { enter = () => true, unreadable }: WalkOptions,
): Generator<Met, void> {
  const levels: Level[] = [];
  const open = (path: string, opened: () => OpenFolder) => {
    let folder: OpenFolder | undefined;
    try {
      folder = opened();
      const names = readdirSync(folder.entry()).sort(byCharacters);
      levels.push({ folder, prefix: path === '' ? '' : `${path}/`, names, next: 0 });
    } catch (error) {
      if (folder !== top) folder?.close();
      unreadable({ path, reason: reasonOf(error) });
    }
  };
  try {
    open('', () => top);
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const name = level.names[level.next++];
      if (name === undefined) {
        if (level.folder !== top) level.folder.close();
        levels.pop();
        continue;
      }
      const { folder } = level;
      const path = level.prefix + name;
      let stats: Stats | undefined;
      try {
        stats = folder.lstat(name);
      } catch (error) {
        unreadable({ path, reason: reasonOf(error) });
      }
      if (stats === undefined) {
        if (name.includes('\ufffd')) unreadable({ path, reason: 'its name is not valid UTF-8' });
        continue;
      }
      const met: Met = { path, name, depth: levels.length, kind: kindOf(stats), stats, folder };
      yield met;
      if (met.kind === 'folder' && enter(met)) open(path, () => folder.folder(name));
    }
  } finally {
    for (const { folder } of levels) if (folder !== top) folder.close();
  }
}

export const byCharacters = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
