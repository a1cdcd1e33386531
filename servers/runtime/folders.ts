import { realpathSync, statSync } from 'node:fs';
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
