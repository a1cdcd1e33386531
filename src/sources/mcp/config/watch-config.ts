import { type StatsListener, unwatchFile, watchFile } from 'node:fs';

const LOOK_MS = 300;
const QUIET_MS = 150;

/**
 * Tells when the file was written, replaced, created or removed, once it has been quiet for a moment. Its state
 * is looked at now and then: a watch on the folder would also wake for each write to the database beside it.
 * @returns the function that ends the watch
 */
export function watchConfig(path: string, changed: () => void): () => void {
  let quiet: NodeJS.Timeout | undefined;
  const look: StatsListener = () => {
    clearTimeout(quiet);
    quiet = setTimeout(changed, QUIET_MS);
  };
  watchFile(path, { interval: LOOK_MS, persistent: false }, look);
  return () => {
    clearTimeout(quiet);
    unwatchFile(path, look);
  };
}
