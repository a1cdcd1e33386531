import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { AppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';

const ID = /^host_[0-9a-z]{24}$/;

/**
 * Who this data folder is among hosts that share a database: made at the first start, and kept over restarts, so that
 * a host finds again what it left.
 * @throws {AppError} `config_invalid`
 */
export function hostIdentity(file: string, folder: string): { readonly id: string; readonly place: string } {
  const place = `${hostname()} ${folder}`;
  try {
    writeFileSync(file, `${newId('host')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const id = readFileSync(file, 'utf8').trim();
  if (ID.test(id)) return { id, place };
  throw new AppError(
    'config_invalid',
    `The file ${file} holds no identity of a host. Remove it; a new one is made.`,
  );
}
