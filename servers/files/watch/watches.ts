import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { FolderWatch } from './folder-watch.ts';
import { takeLock } from './lock.ts';

export interface WatchesOptions {
  /** The folder of the state of all watched folders. */
  readonly state: string;
  readonly settleMs: number;
}

/** Why a folder is not watched, in words. */
export type WatchVerdict =
  | { readonly watch: FolderWatch; readonly isNew: boolean }
  | { readonly refused: string };

/** All folders that this server watches. None until somebody asks. */
export class Watches {
  readonly #options: WatchesOptions;
  readonly #watches = new Map<
    string,
    { readonly watch: FolderWatch; readonly release: () => void; started: Promise<void> }
  >();
  readonly #changed = new Set<(folder: string) => void>();
  readonly #listChanged = new Set<() => void>();

  constructor(options: WatchesOptions) {
    this.#options = options;
  }

  get all(): readonly FolderWatch[] {
    return [...this.#watches.values()].map(({ watch }) => watch);
  }

  get(folder: string): FolderWatch | undefined {
    return this.#watches.get(folder)?.watch;
  }

  /** Watches a folder, given by its real path; resolves when changes are noticed. */
  async add(folder: string, hidden: boolean): Promise<WatchVerdict> {
    const there = this.#watches.get(folder);
    if (there !== undefined) {
      await there.started;
      if (there.watch.hidden === hidden) return { watch: there.watch, isNew: false };
      return {
        refused: `${folder} is watched already, ${hidden ? 'without' : 'with'} its dot folders; unwatch it first`,
      };
    }
    const place = this.#placeOf(folder);
    const lock = takeLock(place);
    if (typeof lock !== 'function')
      return {
        refused: `${folder} is watched by another files server (process ${lock.heldBy}) with the same state folder; start this one with another --state`,
      };
    const changed = () => {
      for (const listener of this.#changed) listener(folder);
    };
    const watch = new FolderWatch({ folder, place, hidden, settleMs: this.#options.settleMs, changed });
    const entry = { watch, release: lock, started: watch.start() };
    this.#watches.set(folder, entry);
    try {
      await entry.started;
    } catch (error) {
      await this.remove(folder, false);
      throw error;
    }
    this.#tellList();
    return { watch, isNew: true };
  }

  /** @param forget also what was kept, so that watching it again begins anew @returns whether it was watched */
  async remove(folder: string, forget: boolean): Promise<boolean> {
    const entry = this.#watches.get(folder);
    if (entry === undefined) return false;
    this.#watches.delete(folder);
    await entry.watch.close();
    if (forget) rmSync(this.#placeOf(folder), { recursive: true, force: true });
    entry.release();
    this.#tellList();
    return true;
  }

  /** Called with the folder in which something has changed; returns its undo. */
  onChanged(listener: (folder: string) => void): () => void {
    this.#changed.add(listener);
    return () => void this.#changed.delete(listener);
  }

  /** Called when another set of folders is watched; returns its undo. */
  onListChanged(listener: () => void): () => void {
    this.#listChanged.add(listener);
    return () => void this.#listChanged.delete(listener);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#watches.keys()].map((folder) => this.remove(folder, false)));
  }

  #tellList(): void {
    for (const listener of this.#listChanged) listener();
  }

  #placeOf(folder: string): string {
    return path.join(this.#options.state, createHash('sha256').update(folder).digest('hex').slice(0, 32));
  }
}
