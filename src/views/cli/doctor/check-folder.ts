import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Check, fail, ok, warn } from './check.ts';

const MB = 1_048_576;
const SCARCE_MB = 500;
const TOO_LITTLE_MB = 50;

/** The data folder, the room on its disk, and the files of the home in it that people may have touched. */
export async function checkFolder(folder: string): Promise<Check[]> {
  const there = await stat(folder).catch(() => undefined);
  if (!there) {
    return [warn('data folder', `${folder} does not exist yet`, 'The first start makes it: `npm start`.')];
  }
  if (!there.isDirectory()) {
    return [fail('data folder', `${folder} is not a folder`, 'Move it away, or set MEANWHILE_HOME.')];
  }
  const checks = [checkWritable(folder), checkSpace(folder), checkToken(join(folder, 'token'))];
  return Promise.all(checks);
}

async function checkWritable(folder: string): Promise<Check> {
  const writable = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return writable
    ? ok('data folder', `${folder} can be written`)
    : fail('data folder', `${folder} cannot be written`, `Give it to yourself: chown -R "$USER" "${folder}"`);
}

async function checkSpace(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / MB);
  const finding = freeMb > 10 * 1024 ? `${Math.floor(freeMb / 1024)} GB free` : `${freeMb} MB free`;
  const todo = 'Free some room on this disk, or move MEANWHILE_HOME to another.';
  if (freeMb < TOO_LITTLE_MB) return fail('disk', finding, todo);
  return freeMb < SCARCE_MB ? warn('disk', finding, todo) : ok('disk', finding);
}

async function checkToken(path: string): Promise<Check> {
  const token = await stat(path).catch(() => undefined);
  if (!token) return warn('token', 'there is none yet', 'The first start makes it: `npm start`.');
  const empty = (await readFile(path, 'utf8').catch(() => '')).trim() === '';
  if (empty) return fail('token', `${path} is empty or cannot be read`, 'Remove it and start the host anew.');
  const others = token.mode & 0o077;
  if (others && process.platform !== 'win32') {
    const mode = (token.mode & 0o777).toString(8);
    return fail('token', `others may read it (mode ${mode})`, `Close it: chmod 600 "${path}"`);
  }
  return ok('token', 'only you can read it');
}
