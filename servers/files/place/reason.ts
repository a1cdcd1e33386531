import { PlaceChanged } from './open-folder.ts';

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the quota is used up',
  ENAMETOOLONG: 'the name is too long',
  ENOTEMPTY: 'the folder is not empty',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  ENOTFILE: 'it is neither file nor folder',
  ENXIO: 'it is neither file nor folder',
  EEXIST: 'it is there already',
  EBUSY: 'it is in use',
  EIO: 'the device reports an error',
  EMFILE: 'too many files are open',
  ELOOP: 'it is a link where none is followed',
};

/** Why an operation on a file failed, in words; no path of `/proc` and no code that a reader must know. */
export function reasonOf(error: unknown): string {
  if (error instanceof PlaceChanged) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : (WORDS[code] ?? code);
}

/** Whether it is the file system that said no; anything else is a fault of ours. */
export const isFileError = (error: unknown): boolean =>
  error instanceof PlaceChanged || typeof (error as NodeJS.ErrnoException).code === 'string';
