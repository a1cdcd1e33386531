import { dirname } from 'node:path';
import { AppError } from '../../base/errors.ts';

/** Primary result codes, https://sqlite.org/rescode.html */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;

/** What went wrong, in words for people; the engine's own error is kept as the cause. */
export function sqliteError(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
  const cause = { cause: error };
  if (code === 'ENOSPC') return full(file, cause);
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return readOnly(file, cause);
  if (code === 'ENOENT')
    return new AppError('store_failed', `The folder ${dirname(file)} is not there. Create it first.`, cause);
  switch ((errcode ?? 0) & 0xff) {
    case FULL:
      return full(file, cause);
    case READONLY:
    case CANTOPEN:
      return readOnly(file, cause);
    case BUSY:
    case LOCKED:
      return new AppError('store_failed', `Another program holds ${file}. Close it and try again.`, cause);
    case NOTADB:
      return new AppError('store_foreign', `${file} is not a database of ours.`, cause);
    case CORRUPT:
      return new AppError(
        'store_failed',
        `${file} is damaged. Stop the host and put a backup in its place.`,
        cause,
      );
    case IOERR:
      return new AppError('store_failed', `The disk with ${file} answered with an error.`, cause);
    case CONSTRAINT:
      if (message?.includes('messages.task_id'))
        return new AppError('already_delivered', 'Another message has delivered this result.', cause);
      if (message?.includes('runs.key_hash'))
        return new AppError('run_exists', 'There is a run of this assignment with this key.', cause);
      return new AppError('store_failed', 'A record breaks a rule of the database.', cause);
    default:
      return new AppError('store_failed', `The database ${file} refused what was asked of it.`, cause);
  }
}

const full = (file: string, cause: { cause: unknown }): AppError =>
  new AppError('store_full', `There is no space left for ${file}. Free some; work goes on by itself.`, cause);

const readOnly = (file: string, cause: { cause: unknown }): AppError =>
  new AppError('store_read_only', `${file} cannot be written. Check who owns it and its folder.`, cause);
