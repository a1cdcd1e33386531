import type { BusyFolders } from '../sync/busy.ts';
import type { CopyThreads } from '../sync/copy-threads.ts';
import type { Watches } from '../watch/watches.ts';

/** What the tools know of how the server was started. */
export interface FilesContext {
  /** The configured folders, absolute. */
  readonly folders: readonly string[];
  readonly busy: BusyFolders;
  readonly threads: CopyThreads;
  readonly watches: Watches;
}
