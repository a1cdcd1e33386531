import type { Stats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from './report.ts';

/** One thing below the source. */
export type Entry = {
  /** Relative to the source, with `/`; empty for the source itself. */
  readonly path: string;
  readonly stat: Stats;
} & ({ readonly kind: 'file' | 'folder' } | { readonly kind: 'link'; readonly target: string });

/**
 * Everything below a folder, each folder before what is in it, in the order of names. Links are not followed. What
 * cannot be taken along (sockets, devices, what may not be read, what has vanished) is noted in the report.
 */
export async function* walk(source: string, report: Report, signal: AbortSignal): AsyncGenerator<Entry> {
  const pending = [''];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    signal.throwIfAborted();
    const entry = await entryAt(source, at, report);
    if (entry === undefined) continue;
    yield entry;
    if (entry.kind !== 'folder') continue;
    const names = await report.trying(at, () => readdir(path.join(source, at)));
    // The last is taken first, so the order is turned around.
    for (const name of (names ?? []).sort().reverse()) pending.push(at === '' ? name : `${at}/${name}`);
  }
}

async function entryAt(source: string, at: string, report: Report): Promise<Entry | undefined> {
  if (at.includes('\ufffd')) return report.leaveOut(at, 'its name is not UTF-8');
  const place = path.join(source, at);
  const stat = await report.trying(at, () => lstat(place));
  if (stat === undefined) return undefined;
  if (stat.isDirectory()) return { path: at, stat, kind: 'folder' };
  if (stat.isFile()) return { path: at, stat, kind: 'file' };
  if (!stat.isSymbolicLink()) return report.leaveOut(at, `it is ${specialKind(stat)}`);
  const target = await report.trying(at, () => readlink(place));
  return target === undefined ? undefined : { path: at, stat, kind: 'link', target };
}

function specialKind(stat: Stats): string {
  if (stat.isSocket()) return 'a socket';
  return stat.isFIFO() ? 'a named pipe' : 'a device';
}
