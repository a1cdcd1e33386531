import { basename, dirname } from 'node:path';
import { watch } from 'chokidar';

/**
 * Tells when the file was written, created or removed, once it has been quiet for a moment. The folder is
 * watched, because editors replace a file rather than write into it.
 * @returns the function that ends the watch
 */
export function watchConfig(path: string, changed: () => void): () => Promise<void> {
  const watcher = watch(dirname(path), {
    depth: 0,
    ignoreInitial: true,
    ignored: (each, stats) => stats?.isFile() === true && basename(each) !== basename(path),
    awaitWriteFinish: { stabilityThreshold: 150, pollInterval: 50 },
  });
  watcher.on('all', (_event, each) => {
    if (basename(each) === basename(path)) changed();
  });
  return () => watcher.close();
}
