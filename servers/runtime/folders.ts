import { lstatSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** Where a command may start, or why it may not, in words for the caller. */
export type FolderVerdict = { readonly path: string } | { readonly refused: string };

/**
 * Resolves the folder of a run: relative to the first configured folder, which is also the default. After symbolic
 * links and `..` are followed it must lie in one of the configured folders, or be one.
 */
export function resolveFolder(cwd: string | undefined, folders: readonly string[]): FolderVerdict {
  const [first] = folders;
  if (first === undefined)
    return { refused: 'No folder is configured, so nothing may run. Start this server with --folder DIR.' };
  const wanted = path.resolve(first, cwd ?? '.');
  const real = realFolder(wanted);
  if (real === undefined) return { refused: `cwd: there is no folder ${wanted}` };
  const allowed = folders.map(realFolder).filter((folder) => folder !== undefined);
  if (allowed.some((folder) => isWithin(real, folder))) return { path: real };
  return { refused: `cwd: ${wanted} is outside the configured folders (${folders.join(', ')})` };
}

/** Where a path really is and in which configured folder, or why it may not be used, in words for the caller. */
export type InsideVerdict = { readonly path: string; readonly root: string } | { readonly refused: string };

/**
 * Resolves a path that need not exist yet: relative to the first configured folder. What exists of it is followed
 * through symbolic links and `..`; the whole must then lie in one of the configured folders, or be one. A link that
 * leads nowhere is refused, because what is made through it may lie anywhere.
 * @returns the real path, and as `root` the real path of the folder it lies in
 */
export function resolveInside(wantedPath: string, folders: readonly string[]): InsideVerdict {
  const [first] = folders;
  if (first === undefined)
    return {
      refused: 'no folder is configured, so nothing may be used. Start this server with --folder DIR.',
    };
  const wanted = path.resolve(first, wantedPath);
  const real = realPathOfNew(wanted);
  if (real === undefined) return { refused: `${wanted} leads through a link or file that leads nowhere` };
  const roots = folders.map(realFolder).filter((folder) => folder !== undefined);
  const root = roots.find((folder) => isWithin(real, folder));
  if (root !== undefined) return { path: real, root };
  return { refused: `${wanted} is outside the configured folders (${folders.join(', ')})` };
}

function realPathOfNew(wanted: string): string | undefined {
  const missing: string[] = [];
  for (let place = wanted; ; place = path.dirname(place)) {
    try {
      return path.join(realpathSync(place), ...missing);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || isThere(place)) return undefined;
    }
    missing.unshift(path.basename(place));
  }
}

function isThere(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}

function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  );
}

function realFolder(folder: string): string | undefined {
  try {
    const real = realpathSync(folder);
    return statSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}
