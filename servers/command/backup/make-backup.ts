import path from 'node:path';
import type { Work } from '../../runtime/work.ts';
import { checksumsOf, copyTree, verifyCopy } from './copy-tree.ts';
import { checksumLine, type Manifest } from './manifest.ts';
import { pack } from './pack.ts';
import type { Places } from './places.ts';
import type { Report } from './report.ts';
import { verifyArchive } from './verify-archive.ts';

export interface MadeBackup {
  readonly manifest: Manifest;
  readonly archive?: { readonly archiveBytes: number; readonly sha256: string };
  /** What was read back differently, in words; `undefined` when nothing was. */
  readonly difference: string | undefined;
  /** What to write beside it. */
  readonly checksums: string;
}

/**
 * Writes the backup under its temporary name and reads it back.
 * @param total bytes that there are to read, as counted before
 */
export async function makeBackup(
  places: Places,
  report: Report,
  total: number,
  work: Work,
): Promise<MadeBackup> {
  const { source, partial, destination, format } = places;
  const name = path.basename(destination);
  const { signal } = work;
  const request = { source, report, signal };
  if (format === 'copy') {
    const onBytes = teller('Copying', total, work);
    const copied = await copyTree({ ...request, target: partial, onBytes });
    const { manifest } = copied;
    const onRead = teller('Reading back', manifest.bytes, work);
    const difference = await verifyCopy(partial, copied, { signal, onBytes: onRead });
    return { manifest, difference, checksums: checksumsOf(name, copied) };
  }
  const packed = await pack({
    ...request,
    archive: partial,
    format,
    onBytes: teller('Packing', total, work),
  });
  const { manifest, ...archive } = packed;
  const onBytes = teller('Reading back', manifest.bytes, work);
  const difference = await verifyArchive(partial, format, packed, { signal, onBytes });
  return { manifest, archive, difference, checksums: checksumLine(archive.sha256, name) };
}

/** Tells how many bytes of the total are done. Files may have grown since they were counted, so it ends at the total. */
function teller(phase: string, total: number, work: Work) {
  let done = 0;
  work.progress({ message: phase, value: 0, total: Math.max(1, total), unit: 'bytes', phase });
  return (at: string, bytes: number): void => {
    done += bytes;
    const value = Math.min(done, total);
    if (total > 0) work.progress({ message: `${phase} ${at}`, value, total, unit: 'bytes', phase });
  };
}
