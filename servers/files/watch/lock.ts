import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identify, isSame, type ProcessIdentity } from '../../../process-tree/identity.ts';

/**
 * Takes a folder of state for this process, so that no two write into it.
 * @returns what gives it back; the process id of the holder when another process has it
 */
export function takeLock(place: string): (() => void) | { readonly heldBy: number } {
  const file = `${place}.lock`;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      const fd = openSync(file, 'wx', 0o600);
      writeFileSync(fd, JSON.stringify(identify(process.pid) ?? { pid: process.pid, startedAt: '' }));
      closeSync(fd);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder !== undefined && isSame(holder)) return { heldBy: holder.pid };
    rmSync(file, { force: true }); // of a process that is no more
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
