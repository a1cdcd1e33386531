import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const CHUNK_BYTES = 256 * 1024;

/** A file that is read to its end exactly as long as it was when it was opened. */
export class OpenFile {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #mtimeMs: number;
  #hasChanged = false;

  private constructor(handle: FileHandle, size: number, mtimeMs: number) {
    this.#handle = handle;
    this.size = size;
    this.#mtimeMs = mtimeMs;
  }

  /** @throws when it is gone, may not be read, or is no plain file any more */
  static async open(place: string): Promise<OpenFile> {
    // What has become a link or a pipe since it was looked at must neither be followed nor waited for.
    const handle = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const { size, mtimeMs } = await handle.stat();
    return new OpenFile(handle, size, mtimeMs);
  }

  /** `size` bytes in pieces: of a file that has become shorter the rest is zeros, of a longer one the rest is left. */
  async *pieces(): AsyncGenerator<Buffer> {
    for (let left = this.size; left > 0; ) {
      const piece = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, left));
      const { bytesRead } = await this.#handle.read(piece);
      if (bytesRead === 0) this.#hasChanged = true;
      yield bytesRead === 0 ? piece.fill(0) : piece.subarray(0, bytesRead);
      left -= bytesRead === 0 ? piece.length : bytesRead;
    }
  }

  /** Whether it was written to since it was opened. */
  async hasChanged(): Promise<boolean> {
    const { size, mtimeMs } = await this.#handle.stat();
    return this.#hasChanged || size !== this.size || mtimeMs !== this.#mtimeMs;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** SHA-256 of a file, in hexadecimal. */
export async function hashOfFile(place: string, onBytes: (bytes: number) => void): Promise<string> {
  const file = await OpenFile.open(place);
  try {
    const hash = createHash('sha256');
    for await (const piece of file.pieces()) {
      hash.update(piece);
      onBytes(piece.length);
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
