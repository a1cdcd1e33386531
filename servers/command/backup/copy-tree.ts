import { createHash } from 'node:crypto';
import { chmod, lutimes, mkdir, open, readlink, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { checksumLine, Manifest } from './manifest.ts';
import { hashOfFile, OpenFile } from './read-file.ts';
import type { Report } from './report.ts';
import { type Entry, walk } from './walk.ts';

export interface Copied {
  readonly manifest: Manifest;
  /** Every file with its hash, in the order of copying. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
}

export interface CopyRequest {
  readonly source: string;
  /** An empty folder. */
  readonly target: string;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly onBytes: (path: string, bytes: number) => void;
}

/** Copies a folder with its modes and times. Links stay links. */
export async function copyTree(request: CopyRequest): Promise<Copied> {
  const { source, target, report, signal } = request;
  const copied = {
    manifest: new Manifest(),
    files: [] as { path: string; sha256: string }[],
    links: [] as { path: string; target: string }[],
  };
  const folders: Entry[] = [];
  for await (const entry of walk(source, report, signal)) {
    const place = path.join(target, entry.path);
    const name = entry.path;
    if (entry.kind === 'folder') {
      if (name !== '') await mkdir(place, { mode: 0o700 });
      folders.push(entry);
      copied.manifest.add({ kind: 'folder', name });
    } else if (entry.kind === 'link') {
      await symlink(entry.target, place);
      await lutimes(place, entry.stat.atime, entry.stat.mtime);
      copied.links.push({ path: name, target: entry.target });
      copied.manifest.add({ kind: 'link', name, target: entry.target });
    } else {
      const file = await copyFile(entry, place, request);
      if (file === undefined) continue;
      copied.files.push({ path: name, sha256: file.sha256 });
      copied.manifest.add({ kind: 'file', name, ...file });
    }
  }
  // The innermost first, because writing into a folder changes its time, and one without the right to write comes last.
  for (const { path: name, stat } of folders.reverse()) {
    const place = path.join(target, name);
    await chmod(place, stat.mode & 0o7777);
    await utimes(place, stat.atime, stat.mtime);
  }
  return copied;
}

async function copyFile(entry: Entry, place: string, { source, report, signal, onBytes }: CopyRequest) {
  const from = await report.trying(entry.path, () => OpenFile.open(path.join(source, entry.path)));
  if (from === undefined) return undefined;
  try {
    const to = await open(place, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      for await (const piece of from.pieces()) {
        signal.throwIfAborted();
        hash.update(piece);
        onBytes(entry.path, piece.length);
        await to.appendFile(piece);
      }
      await to.chmod(entry.stat.mode & 0o7777);
      await to.utimes(entry.stat.atime, entry.stat.mtime);
      if (await from.hasChanged()) report.change(entry.path);
      return { size: from.size, sha256: hash.digest('hex') };
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** Reads every file of a copy back and compares. @returns what differs, in words; `undefined` when nothing does */
export async function verifyCopy(
  target: string,
  { files, links }: Copied,
  { signal, onBytes }: Pick<CopyRequest, 'signal' | 'onBytes'>,
): Promise<string | undefined> {
  for (const { path: name, sha256 } of files) {
    signal.throwIfAborted();
    const found = await hashOfFile(path.join(target, name), (bytes) => onBytes(name, bytes));
    if (found !== sha256) return `${name} is not as it was read`;
  }
  for (const link of links)
    if ((await readlink(path.join(target, link.path))) !== link.target) return `${link.path} leads elsewhere`;
  return undefined;
}

/** The hashes of a copy in the form of `sha256sum -c`, run in the folder in which the copy lies. */
export const checksumsOf = (name: string, { files }: Copied): string =>
  files.map((file) => checksumLine(file.sha256, `${name}/${file.path}`)).join('');
