import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Puts stand-ins for programs that a system lacks at the end of the PATH, where the real ones win. */
export function setup(): void {
  process.env.PATH += delimiter + join(import.meta.dirname, '../fixtures/bin');
  if (spawnSync('setsid', ['true']).status !== 0)
    throw new Error('the tests need setsid, or perl to stand in for it');
}
