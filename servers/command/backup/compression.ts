import type { Transform } from 'node:stream';
import { createGunzip, createGzip, createZstdCompress, createZstdDecompress } from 'node:zlib';

export type ArchiveFormat = 'tar.zst' | 'tar.gz';

const CHUNKS = { chunkSize: 256 * 1024 };

export const compress = (format: ArchiveFormat): Transform =>
  heard(format === 'tar.zst' ? createZstdCompress(CHUNKS) : createGzip(CHUNKS));

export const decompress = (format: ArchiveFormat): Transform =>
  heard(format === 'tar.zst' ? createZstdDecompress(CHUNKS) : createGunzip(CHUNKS));

/** A stream that is destroyed while it works may tell its error after its pipeline has settled, when nobody listens. */
const heard = (stream: Transform): Transform => stream.on('error', () => {});
