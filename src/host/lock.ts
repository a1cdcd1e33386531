import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../base/errors.ts';

/**
 * Lets one host at a time into a data folder. The lock is the operating system's own, held through an open
 * SQLite file, so it is gone the moment the process is, however that ended.
 * @returns the function that gives the lock back
 * @throws {AppError} `host_running`, `store_read_only`, `store_full`
 */
export function lockFolder(file: string, folder: string): () => void {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock?.close();
    const { errcode = 0, message } = error as Error & { errcode?: number };
    const primary = errcode & 0xff;
    if (primary === 5 || primary === 6)
      throw new AppError(
        'host_running',
        `Another Meanwhile runs on the data folder ${folder}. Stop it first, or name another folder with MEANWHILE_HOME.`,
      );
    if (primary === 13) throw new AppError('store_full', `The disk of the data folder ${folder} is full.`);
    throw new AppError('store_read_only', `The lock ${file} cannot be taken: ${message}.`, { cause: error });
  }
  const held = lock;
  return () => held.close();
}
