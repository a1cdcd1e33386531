import type { OpenFolder } from './open-folder.ts';

/**
 * Opens folders below a top, keeping the last one open: for many files in an order in which neighbours lie in the
 * same folder.
 */
export class NearbyFolder {
  readonly #top: OpenFolder;
  #last: { readonly path: string; readonly folder: OpenFolder } | undefined;

  constructor(top: OpenFolder) {
    this.#top = top;
  }

  /** The folder that an entry lies in, and its name there. To be used before the next is asked for. */
  of(path: string): { readonly folder: OpenFolder; readonly name: string } {
    const end = path.lastIndexOf('/');
    return { folder: this.#folder(path.slice(0, Math.max(0, end))), name: path.slice(end + 1) };
  }

  #folder(path: string): OpenFolder {
    if (path === '') return this.#top;
    if (this.#last?.path !== path) {
      this.close();
      this.#last = { path, folder: this.#top.walk(path.split('/')) };
    }
    return this.#last!.folder;
  }

  /** Closes what it has opened; the top stays open. */
  close(): void {
    this.#last?.folder.close();
    this.#last = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
