import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../repository/open-repository.ts';

/** Files that git holds while it works: locks, and objects that are not whole yet. Absolute paths. */
export function listTraces(repository: Pick<Repository, 'gitDir' | 'commonDir'>): Set<string> {
  const { gitDir, commonDir } = repository;
  return new Set([...listLocks({ gitDir, commonDir }), ...partialObjects(path.join(commonDir, 'objects'))]);
}

/** The locks alone. */
export function listLocks({ gitDir, commonDir }: Pick<Repository, 'gitDir' | 'commonDir'>): string[] {
  const tops = new Set([gitDir, commonDir]);
  const isLock = (entry: Dirent) => entry.isFile() && entry.name.endsWith('.lock');
  return [
    ...[...tops].flatMap((top) => pathsIn(top, isLock)),
    ...[...tops].flatMap((top) => below(path.join(top, 'refs'), isLock)),
    ...below(path.join(commonDir, 'objects', 'info'), isLock),
  ];
}

function partialObjects(objects: string): string[] {
  const loose = pathsIn(objects, (entry) => /^[0-9a-f]{2}$/.test(entry.name));
  return [
    ...pathsIn(objects, (entry) => /^(tmp_|incoming-)/.test(entry.name)),
    ...pathsIn(path.join(objects, 'pack'), (entry) => /^\.?tmp[_-]/.test(entry.name)),
    ...loose.flatMap((folder) => pathsIn(folder, (entry) => entry.name.startsWith('tmp_obj_'))),
  ];
}

function below(folder: string, isWanted: (entry: Dirent) => boolean): string[] {
  const folders = pathsIn(folder, (entry) => entry.isDirectory());
  return [...pathsIn(folder, isWanted), ...folders.flatMap((inner) => below(inner, isWanted))];
}

function pathsIn(folder: string, isWanted: (entry: Dirent) => boolean): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter(isWanted).map(({ name }) => path.join(folder, name));
  } catch {
    return []; // there is none
  }
}
