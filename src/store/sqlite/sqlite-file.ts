import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../base/errors.ts';

/** Ours, in the header of the file: "MnwH". */
export const APPLICATION_ID = 0x4d6e7748;

/** https://sqlite.org/fileformat2.html#the_database_header */
const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
const APPLICATION_ID_OFFSET = 68;

/**
 * Looks at the file without the engine, which would touch it. Creates it, for our eyes only, when it is not there.
 * @throws {AppError} `store_foreign`; and errors of the file system as they are
 */
export function checkFile(file: string): 'new' | 'ours' {
  const descriptor = openSync(file, 'a+', 0o600);
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    const length = readSync(descriptor, header, 0, HEADER_BYTES, 0);
    if (length === 0) return 'new';
    if (length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC)
      throw foreign(`${file} is not a SQLite database.`);
    if (header.readUInt32BE(APPLICATION_ID_OFFSET) !== APPLICATION_ID)
      throw foreign(`${file} belongs to another program.`);
    return 'ours';
  } finally {
    closeSync(descriptor);
  }
}

const foreign = (what: string): AppError =>
  new AppError('store_foreign', `${what} It was not changed. Move it away, or name another file.`);
