import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '../base/errors.ts';

/** Reads the token of this data folder, or makes it (mode 0600) on first start. */
export function secretToken(file: string): string {
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (token.length >= 20) {
      chmodSync(file, 0o600);
      return token;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new AppError('store_read_only', `The token ${file} cannot be read.`, { cause: error });
  }
  const token = randomBytes(24).toString('base64url');
  try {
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new AppError(full ? 'store_full' : 'store_read_only', `The token ${file} cannot be written.`, {
      cause: error,
    });
  }
  return token;
}
