import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { openFile } from '../place/open-file.ts';
import type { OpenFolder } from '../place/open-folder.ts';
import { partName } from '../place/part-name.ts';
import { newHash } from './hash.ts';
import type { SharedState } from './messages.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;

/** Also the least size of a partial copy that is kept. */
export const CHUNK_BYTES = 1_024 * 1_024;
const outgoing = Buffer.allocUnsafe(CHUNK_BYTES);
const incoming = Buffer.allocUnsafe(CHUNK_BYTES);
const isRoot = process.geteuid?.() === 0;

export type CopyOutcome =
  | { readonly type: 'copied'; readonly size: number; readonly resumedBytes: number }
  /** Of `bytes` copied, which are kept in the partial copy unless it is 0. */
  | { readonly type: 'stopped'; readonly bytes: number }
  | { readonly type: 'changed' };

export interface CopyPlace {
  readonly from: OpenFolder;
  readonly to: OpenFolder;
  readonly name: string;
}

/**
 * Copies one file: into a partial copy beside its place, each chunk read back from there, and renamed when the hash
 * of all that was read is the hash of all that was read back. A partial copy of before is taken on as far as it is
 * the same as the source. Permissions and times are kept, the owner only by root.
 */
export function copyFile({ from, to, name }: CopyPlace, shared: SharedState, durable: boolean): CopyOutcome {
  using source = openFile(from, name);
  const part = partName(name);
  const target = openPart(to, part);
  let counted = 0;
  let isKept = false;
  try {
    const { size } = source.stats;
    const hashes = { read: newHash(), readBack: newHash() };
    const count = (bytes: number) => {
      counted += bytes;
      shared.addBytes(bytes);
    };
    let at = 0;
    const read = (bytes: number) => readSync(source.fd, outgoing, 0, bytes, at);
    const there = fstatSync(target).size;
    while (at < there) {
      const got = read(Math.min(CHUNK_BYTES, there - at));
      if (got === 0 || shared.isStopped || !readsBack(target, at, got)) break;
      hashes.read.update(outgoing.subarray(0, got));
      hashes.readBack.update(incoming.subarray(0, got));
      at += got;
      count(got);
    }
    const resumedBytes = at;
    for (;;) {
      if (shared.isStopped) {
        isKept = at >= CHUNK_BYTES;
        return { type: 'stopped', bytes: isKept ? at : 0 };
      }
      // No further than it was when it was opened: one that grows all the time has no end.
      const got = read(Math.min(CHUNK_BYTES, size - at));
      if (got === 0) break;
      for (let done = 0; done < got; ) done += writeSync(target, outgoing, done, got - done, at + done);
      if (!readsBack(target, at, got)) throw new Error('what was read back differs from what was written');
      hashes.read.update(outgoing.subarray(0, got));
      hashes.readBack.update(incoming.subarray(0, got));
      at += got;
      count(got);
    }
    if (!isUnchanged(source.stats, fstatSync(source.fd)) || at !== size) {
      shared.addBytes(-counted);
      return { type: 'changed' };
    }
    if (hashes.read.digest() !== hashes.readBack.digest())
      throw new Error('the hash of what was read back differs from that of what was read');
    if (there > size) ftruncateSync(target, size);
    keepMetadata(target, source.stats);
    if (durable) fsyncSync(target);
    renameSync(to.entry(part), to.entry(name));
    isKept = true;
    shared.addFile();
    return { type: 'copied', size, resumedBytes };
  } catch (error) {
    shared.addBytes(-counted);
    throw error;
  } finally {
    closeSync(target);
    if (!isKept) remove(to, part);
  }
}

/** Whether these bytes of the copy are those in `outgoing`; they are in `incoming` then. */
function readsBack(target: number, at: number, bytes: number): boolean {
  let got = 0;
  while (got < bytes) {
    const more = readSync(target, incoming, got, bytes - got, at + got);
    if (more === 0) return false;
    got += more;
  }
  return outgoing.compare(incoming, 0, bytes, 0, bytes) === 0;
}

/** A partial copy that is a file with this one name is used on; anything else gives way. */
function openPart(to: OpenFolder, part: string): number {
  const create = () => openSync(to.entry(part), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    return create();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const there = to.lstat(part);
  if (there?.isFile() && there.nlink === 1) {
    const fd = openSync(to.entry(part), O_RDWR | O_NOFOLLOW);
    const opened = fstatSync(fd);
    if (opened.isFile() && opened.nlink === 1) return fd;
    closeSync(fd);
  }
  remove(to, part);
  return create();
}

function keepMetadata(target: number, { mode, uid, gid, atimeMs, mtimeMs }: Stats): void {
  if (isRoot) fchownSync(target, uid, gid);
  fchmodSync(target, mode & 0o7777);
  futimesSync(target, atimeMs / 1_000, mtimeMs / 1_000);
}

const isUnchanged = (before: Stats, after: Stats): boolean =>
  before.size === after.size && before.mtimeMs === after.mtimeMs && before.ctimeMs === after.ctimeMs;

function remove(folder: OpenFolder, name: string): void {
  try {
    unlinkSync(folder.entry(name));
  } catch {
    // gone already
  }
}

/** Whether two files have the same content, by their hashes; `undefined` when it was stopped. */
export function isSameContent({ from, to, name }: CopyPlace, shared: SharedState): boolean | undefined {
  using source = openFile(from, name);
  using target = openFile(to, name);
  if (source.stats.size !== target.stats.size) return false;
  const [left, right] = [newHash(), newHash()];
  let at = 0;
  while (at < source.stats.size) {
    if (shared.isStopped) return undefined;
    const got = readSync(source.fd, outgoing, 0, CHUNK_BYTES, at);
    if (got === 0 || !readsBack(target.fd, at, got)) break;
    left.update(outgoing.subarray(0, got));
    right.update(incoming.subarray(0, got));
    at += got;
    shared.addBytes(got);
  }
  const isSame = at === source.stats.size && left.digest() === right.digest();
  if (isSame) shared.addFile();
  else shared.addBytes(-at);
  return isSame;
}
