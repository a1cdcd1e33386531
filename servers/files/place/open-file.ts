import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';
import { type OpenFolder, PlaceChanged } from './open-folder.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** A file that is held open for reading. */
export interface OpenFile {
  readonly fd: number;
  readonly stats: Stats;
  [Symbol.dispose](): void;
}

/**
 * Opens a file for reading. A pipe does not make it wait, and what is no file is closed again.
 * @throws {PlaceChanged} when it is a link
 * @throws an error with a `code` of the file system; `ENOTFILE` when it is something else than a file
 */
export function openFile(folder: OpenFolder, name: string): OpenFile {
  let fd: number;
  try {
    fd = openSync(folder.entry(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw new PlaceChanged(name);
    throw error;
  }
  const stats = fstatSync(fd);
  const close = () => closeSync(fd);
  if (stats.isFile()) return { fd, stats, [Symbol.dispose]: close };
  close();
  throw Object.assign(new Error('it is no file'), { code: stats.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
}
