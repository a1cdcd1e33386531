import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A file is read once it has been quiet for this long: whoever writes it may not be done with one write. */
const QUIET_MS = 200;

/**
 * Tells when the file was written, created, removed or replaced by something else, once it has been quiet for
 * a moment. The folder is watched, because editors replace a file rather than write into it.
 * @returns the function that ends the watch
 */
export function watchConfig(path: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(path), (_event, name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  });
  watcher.on('error', () => {}); // without its folder the file is not there either, and nothing can be told
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
