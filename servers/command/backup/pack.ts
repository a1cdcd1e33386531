import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ArchiveFormat, compress } from './compression.ts';
import { Manifest } from './manifest.ts';
import { OpenFile } from './read-file.ts';
import type { Report } from './report.ts';
import { type NamedHeader, TarWriter } from './tar-writer.ts';
import { type Entry, walk } from './walk.ts';

export interface Packed {
  readonly manifest: Manifest;
  /** Of the archive file. */
  readonly archiveBytes: number;
  readonly sha256: string;
}

export interface PackRequest {
  readonly source: string;
  /** Written anew. */
  readonly archive: string;
  readonly format: ArchiveFormat;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** Called with the path and the bytes that were just read of it. */
  readonly onBytes: (path: string, bytes: number) => void;
}

/** Packs a folder into an archive that is on the disk when this is done. Names in it begin with that of the folder. */
export async function pack(request: PackRequest): Promise<Packed> {
  const tar = new TarWriter();
  const manifest = new Manifest();
  const hash = createHash('sha256');
  let archiveBytes = 0;
  const file = await open(request.archive, 'w');
  const packing = addAll(tar, manifest, request).catch((error) => tar.stream.destroy(error));
  try {
    await pipeline(
      Readable.from(tar.stream),
      compress(request.format),
      async (pieces: AsyncIterable<Buffer>) => {
        for await (const piece of pieces) {
          hash.update(piece);
          archiveBytes += piece.length;
          await file.appendFile(piece);
        }
      },
    );
    await file.sync();
  } finally {
    tar.stream.destroy();
    await packing;
    await file.close();
  }
  return { manifest, archiveBytes, sha256: hash.digest('hex') };
}

async function addAll(tar: TarWriter, manifest: Manifest, request: PackRequest): Promise<void> {
  const { source, report, signal } = request;
  const root = path.basename(source);
  for await (const entry of walk(source, report, signal)) {
    const name = entry.path === '' ? root : `${root}/${entry.path}`;
    const { mode, uid, gid, mtime } = entry.stat;
    const header = { mode: mode & 0o7777, uid, gid, mtime };
    if (entry.kind === 'folder') {
      await tar.add({ ...header, name: `${name}/`, type: 'directory' });
      manifest.add({ kind: 'folder', name });
    } else if (entry.kind === 'link') {
      await tar.add({ ...header, name, type: 'symlink', linkname: entry.target });
      manifest.add({ kind: 'link', name, target: entry.target });
    } else await addFile(tar, manifest, entry, { ...header, name, type: 'file' }, request);
  }
  tar.end();
}

async function addFile(
  tar: TarWriter,
  manifest: Manifest,
  entry: Entry,
  header: NamedHeader,
  request: PackRequest,
) {
  const { source, report, onBytes, signal } = request;
  const file = await report.trying(entry.path, () => OpenFile.open(path.join(source, entry.path)));
  if (file === undefined) return;
  try {
    const hash = createHash('sha256');
    async function* pieces() {
      for await (const piece of file!.pieces()) {
        signal.throwIfAborted();
        hash.update(piece);
        onBytes(entry.path, piece.length);
        yield piece;
      }
    }
    await tar.addFile({ ...header, size: file.size }, pieces());
    if (await file.hasChanged()) report.change(entry.path);
    manifest.add({ kind: 'file', name: header.name, size: file.size, sha256: hash.digest('hex') });
  } finally {
    await file.close();
  }
}
