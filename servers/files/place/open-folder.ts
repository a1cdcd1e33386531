import { closeSync, constants, lstatSync, openSync, realpathSync, type Stats } from 'node:fs';
import path from 'node:path';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
const HAS_PROC = process.platform === 'linux';

/** Something on the way was exchanged for something else (a link, say) while it was used. Nothing was done with it. */
export class PlaceChanged extends Error {
  constructor(place: string) {
    super(`${place} was exchanged for something else while it was used`);
  }
}

/** An open folder on its way to another thread. */
export interface HandedFolder {
  readonly path: string;
  readonly fd: number;
}

/**
 * A folder that is held open. Its entries are reached through the open folder and not by a path from the top, so
 * a link that is put in the place of a parent meanwhile leads nowhere. Linux has `/proc/self/fd` for this; elsewhere
 * the path is looked at again before each use, which leaves a moment between the look and the use.
 */
export class OpenFolder {
  readonly path: string;
  readonly #fd: number;
  #isOpen = true;
  #isOurs = true;

  private constructor(place: string, fd: number) {
    this.path = place;
    this.#fd = fd;
  }

  /** Opens a configured folder by its real path. */
  static root(realPath: string): OpenFolder {
    return new OpenFolder(realPath, openSync(realPath, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  }

  /** The same open folder in another thread; it is valid there while it is open here. */
  static handed({ path: place, fd }: HandedFolder): OpenFolder {
    const folder = new OpenFolder(place, fd);
    folder.#isOurs = false;
    return folder;
  }

  /** What another thread needs. */
  toHand(): HandedFolder {
    return { path: this.path, fd: this.#fd };
  }

  /** A path for the functions of `node:fs` that means this entry and no other; the folder itself without a name. */
  entry(name?: string): string {
    if (name !== undefined && (name === '' || name === '.' || name === '..' || name.includes('/')))
      throw new Error(`not the name of an entry: ${name}`);
    // Its number may stand for another folder by now.
    if (!this.#isOpen) throw new Error(`${this.path} is closed`);
    if (!HAS_PROC) {
      if (realpathSync(this.path) !== this.path) throw new PlaceChanged(this.path);
      return name === undefined ? this.path : path.join(this.path, name);
    }
    return name === undefined ? `/proc/self/fd/${this.#fd}` : `/proc/self/fd/${this.#fd}/${name}`;
  }

  /** Of the entry itself, also when it is a link; `undefined` when there is none. */
  lstat(name: string): Stats | undefined {
    return lstatSync(this.entry(name), { throwIfNoEntry: false });
  }

  /** @throws {PlaceChanged} when the entry is no folder, or a link to one */
  folder(name: string): OpenFolder {
    try {
      return new OpenFolder(
        path.join(this.path, name),
        openSync(this.entry(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
      );
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ELOOP' || code === 'ENOTDIR') throw new PlaceChanged(path.join(this.path, name));
      throw error;
    }
  }

  /** The folder at the end of these names, each opened from the one before. Those on the way are closed again. */
  walk(names: readonly string[]): OpenFolder {
    let at: OpenFolder = this;
    for (const name of names) {
      try {
        const next = at.folder(name);
        if (at !== this) at.close();
        at = next;
      } catch (error) {
        if (at !== this) at.close();
        throw error;
      }
    }
    return at;
  }

  close(): void {
    if (this.#isOpen && this.#isOurs) closeSync(this.#fd);
    this.#isOpen = false;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
