import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Extract, extract } from 'tar-stream';
import { type ArchiveFormat, decompress } from './compression.ts';
import type { PackedEntry } from './manifest.ts';
import type { Packed } from './pack.ts';

/**
 * Reads an archive back from the disk: the file must have the hash it was written with, and every entry in it the
 * name, size and hash of what was packed, in the same order.
 * @returns what differs, in words; `undefined` when nothing does
 */
export async function verifyArchive(
  archive: string,
  format: ArchiveFormat,
  { manifest, sha256, archiveBytes }: Packed,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (path: string, bytes: number) => void },
): Promise<string | undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  let at = 0;
  let difference: string | undefined;
  const untar = extract();
  const reading = pipeline(
    createReadStream(archive, { highWaterMark: 256 * 1024 }),
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        signal.throwIfAborted();
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    },
    decompress(format),
    untar,
  );
  reading.catch(() => {});
  try {
    for await (const entry of untar) {
      const found = await readEntry(entry, (name, size) => {
        signal.throwIfAborted();
        onBytes(name, size);
      });
      if (!manifest.holds(at++, found)) difference ??= `${found.name} is not as it was packed`;
    }
    await reading;
  } catch (error) {
    signal.throwIfAborted();
    return `it cannot be read: ${(error as Error).message}`;
  }
  if (at !== manifest.entries) return `it holds ${at} entries, not ${manifest.entries}`;
  if (bytes !== archiveBytes || hash.digest('hex') !== sha256)
    return 'its bytes are not those that were written';
  return difference;
}

type TarEntry = Extract extends AsyncIterable<infer Source> ? Source : never;

async function readEntry(
  entry: TarEntry,
  onBytes: (path: string, bytes: number) => void,
): Promise<PackedEntry> {
  const { type, linkname, size = 0 } = entry.header;
  const name = entry.header.name.replace(/\/$/, '');
  const hash = createHash('sha256');
  for await (const piece of entry as AsyncIterable<Buffer>) {
    hash.update(piece);
    onBytes(name, piece.length);
  }
  if (type === 'directory') return { kind: 'folder', name };
  if (type === 'symlink') return { kind: 'link', name, target: linkname ?? '' };
  return { kind: 'file', name, size, sha256: hash.digest('hex') };
}
