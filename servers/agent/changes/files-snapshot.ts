import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';
import type { Changes, FileChange } from './changes.ts';

/** Size and time of every file of a folder at one moment. */
export interface FilesSnapshot {
  readonly root: string;
  readonly files: ReadonlyMap<string, string>;
  /** There were more files than are looked at. */
  readonly isCut: boolean;
}

const MAX_FILES = 20_000;
/** Large, and not what anybody means by a change. */
const SKIPPED = new Set(['.git', 'node_modules']);

/** Looks at the files of a folder, at most 20,000, without `.git` and `node_modules`; links are not followed. */
export async function filesSnapshot(root: string, maxFiles = MAX_FILES): Promise<FilesSnapshot> {
  const files = new Map<string, string>();
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const entries = await opendir(folder).catch(() => undefined); // not ours to read, or gone meanwhile
    if (entries === undefined) continue;
    for await (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) folders.push(file);
        continue;
      }
      if (files.size === maxFiles) return { root, files, isCut: true };
      const info = await lstat(file).catch(() => undefined);
      if (info) files.set(path.relative(root, file), `${info.size} ${info.mtimeMs} ${info.ino}`);
    }
  }
  return { root, files, isCut: false };
}

export function filesChanges(
  before: FilesSnapshot,
  after: FilesSnapshot,
): Pick<Changes, 'files' | 'isWhole' | 'notes'> {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].sort();
  const isCut = before.isCut || after.isCut;
  const files = paths.flatMap((file): FileChange[] => {
    const [from, to] = [before.files.get(file), after.files.get(file)];
    if (from === to) return [];
    // Of a folder that was not seen whole, a missing file may just not have been reached.
    if (isCut && (from === undefined || to === undefined)) return [];
    const change = from === undefined ? 'added' : to === undefined ? 'deleted' : 'modified';
    return [{ path: file, change, modifiedBefore: false }];
  });
  const notes = ['Files were compared by size and time, without .git and node_modules.'];
  if (isCut)
    notes.push(
      `Only the first ${before.files.size} files were compared, and of these only what is modified.`,
    );
  return { files, isWhole: !isCut, notes };
}
