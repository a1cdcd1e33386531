import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AtEnd, tempFolder } from './test-host.ts';

/** A file system of its own; only root may mount one. */
export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  free(): void;
  readOnly(): void;
  writable(): void;
}

export const canMount = (): boolean => process.platform === 'linux' && process.getuid?.() === 0;

export function smallDisk(megabytes: number, atEnd: AtEnd = onTestFinished): SmallDisk {
  const folder = tempFolder(atEnd);
  const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder);
  atEnd(() => {
    execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
  });
  const filler = join(folder, 'filler');
  const disk: SmallDisk = {
    folder,
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (let size = 1 << 20; size >= 1; size >>= 1) writeUntilFull(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    readOnly: () => mount('-o', 'remount,ro', folder),
    writable: () => mount('-o', 'remount,rw', folder),
  };
  return disk;
}

function writeUntilFull(file: number, chunk: Buffer): void {
  try {
    for (;;) writeSync(file, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
