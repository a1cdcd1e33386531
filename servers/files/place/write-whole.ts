import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { OpenFolder } from './open-folder.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/**
 * Writes a file so that a reader sees all of it or what was there before: beside its place, to the disk, then
 * renamed.
 * @param mode permissions, when it shall not have the usual ones of a new file
 * @param replace false: an error with the code `EEXIST` when there is something of that name
 */
export function writeWhole(
  folder: OpenFolder,
  name: string,
  bytes: Uint8Array,
  { mode, replace }: { readonly mode?: number; readonly replace: boolean },
): void {
  const part = `.${randomUUID()}.meanwhile-part`;
  const fd = openSync(folder.entry(part), O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o666);
  try {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      if (mode !== undefined) fchmodSync(fd, mode & 0o7777);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (replace) renameSync(folder.entry(part), folder.entry(name));
    else putWithoutReplacing(folder, part, name);
  } catch (error) {
    try {
      unlinkSync(folder.entry(part));
    } catch {
      // gone with its folder
    }
    throw error;
  }
}

/**
 * Renames without taking anything's place: a second name is made, which fails where there is one, then the first
 * is taken away. Where a file system has no second names it is looked before the rename, with a moment between.
 */
export function putWithoutReplacing(folder: OpenFolder, from: string, to: string, target = folder): void {
  try {
    linkSync(folder.entry(from), target.entry(to));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'EMLINK') throw error;
    if (target.lstat(to) !== undefined) throw Object.assign(new Error('it is there'), { code: 'EEXIST' });
    renameSync(folder.entry(from), target.entry(to));
    return;
  }
  unlinkSync(folder.entry(from));
}
