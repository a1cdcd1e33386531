import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a scene has open. Disposed of in reverse order when it ends, fails or is interrupted. */
export type Open = AsyncDisposableStack;

/** A folder that is gone with the scene. */
export function tempFolder(open: Open): string {
  const folder = mkdtempSync(join(tmpdir(), 'meanwhile-bench-'));
  open.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
