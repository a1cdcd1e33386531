import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../contract/place.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

/** For tests: a folder of its own with one database file. */
export async function sqlitePlace(): Promise<Place & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'meanwhile-store-'));
  const file = join(folder, 'meanwhile.db');
  return {
    file,
    open: (log) => openSqliteStore({ file, log }),
    remove: () => rm(folder, { recursive: true }),
  };
}
