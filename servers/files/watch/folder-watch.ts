import { lstatSync, type Stats } from 'node:fs';
import { type FSWatcher, watch as watchTree } from 'chokidar';
import { OpenFolder } from '../place/open-folder.ts';
import { changesOf, differencesOf } from './changes.ts';
import { Feed } from './feed.ts';
import { isIgnored, lookAt, lookAtAll } from './look-at.ts';
import { Settling } from './settling.ts';

/** More paths at once than this are found by a look at the whole folder instead. */
const MOST_WAITING = 20_000;
/** After so many hints in a row one may be missing, because the system's queue of them is bounded. */
const BURST = 1_000;
const GONE_CHECK_MS = 1_000;
/** Between looks at the whole when the system does not tell of changes. */
const WITHOUT_HINTS_MS = 30_000;

export type FolderState = 'starting' | 'watching' | 'gone';

export interface FolderWatchOptions {
  /** Real and absolute. */
  readonly folder: string;
  /** Where its state is kept. */
  readonly place: string;
  readonly hidden: boolean;
  readonly settleMs: number;
  /** Something can be read that could not be read before. */
  readonly changed: () => void;
}

/**
 * Watches one folder. What the system tells are hints only, which say where to look; what is reported is the
 * difference between what is known and what was looked at, once it has settled.
 */
export class FolderWatch {
  readonly folder: string;
  readonly hidden: boolean;
  readonly #options: FolderWatchOptions;
  readonly #settling: Settling;
  readonly #ending = new AbortController();
  #watcher: FSWatcher | undefined;
  #feed: Feed | undefined;
  #state: FolderState = 'starting';
  #problem: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hints = 0;
  #isWholeDue = false;
  #wholeMs = 0;
  #lastWholeMs = Number.NEGATIVE_INFINITY;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.folder = options.folder;
    this.hidden = options.hidden;
    this.#settling = new Settling(options.settleMs, MOST_WAITING);
  }

  get state(): FolderState {
    return this.#state;
  }

  /** Why changes may come late, in words; `undefined` when they do not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Absent until the folder was looked at for the first time. */
  get feed(): Feed | undefined {
    return this.#feed;
  }

  /** Files that are known. */
  get files(): number {
    return this.#feed?.known.size ?? 0;
  }

  /** Resolves when changes from now on are noticed. What was missed before is reported once it has settled. */
  async start(): Promise<void> {
    const { folder, place, hidden } = this.#options;
    this.#feed = Feed.open(place, folder, hidden);
    if (!isFolder(folder)) {
      this.#become('gone');
      return;
    }
    await this.#listen();
    if (this.#feed === undefined) {
      const { files } = await lookAtAll(folder, hidden, this.#ending.signal);
      if (this.#ending.signal.aborted) return;
      this.#feed = Feed.create(place, folder, hidden, files);
    } else this.#isWholeDue = true;
    this.#become('watching');
  }

  async close(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#timer);
    await this.#working;
    await this.#watcher?.close();
    this.#feed?.close();
    this.#feed = undefined;
  }

  /** Starts to hear from the system. */
  async #listen(): Promise<void> {
    const { folder, hidden } = this.#options;
    await this.#watcher?.close();
    const ignored = (whole: string, stats?: Stats) => {
      const path = whole.slice(folder.length + 1);
      if (path === '') return false;
      return (
        isIgnored(path, hidden) || (!hidden && stats?.isDirectory() === true && /(^|\/)\.[^/]*$/.test(path))
      );
    };
    const watcher = watchTree(folder, {
      ignored,
      ignoreInitial: true,
      followSymlinks: false,
      atomic: false,
      ignorePermissionErrors: true,
      persistent: true,
    });
    this.#watcher = watcher;
    watcher.on('all', (event, whole) => this.#hint(event, whole.slice(folder.length + 1)));
    watcher.on('error', (error) => this.#fail(error));
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
      this.#ending.signal.addEventListener('abort', () => resolve());
    });
  }

  #hint(event: string, path: string): void {
    this.#hints++;
    const isOfFile = event !== 'addDir' && event !== 'unlinkDir';
    if (!isOfFile || path === '' || !this.#settling.touch(path) || this.#hints > BURST)
      this.#isWholeDue = true;
    this.#schedule();
  }

  /** Without hints it goes on by looking at the whole now and then. */
  #fail(error: unknown): void {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOSPC' ? 'the system allows no more watches (fs.inotify.max_user_watches)' : message;
    this.#problem = `${why}; changes are looked for every ${WITHOUT_HINTS_MS / 1_000} s`;
    this.#isWholeDue = true;
    this.#schedule();
    this.#options.changed();
  }

  #become(state: FolderState): void {
    if (this.#state !== state) {
      this.#state = state;
      this.#options.changed();
    }
    this.#schedule();
  }

  #working: Promise<void> = Promise.resolve();

  #schedule(): void {
    if (this.#timer !== undefined || this.#ending.signal.aborted || this.#state === 'starting') return;
    const waitMs = this.#waitMs();
    if (waitMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.#working = this.#work()
        .catch((error: unknown) => this.#fail(error))
        .finally(() => {
          this.#timer = undefined;
          this.#schedule();
        });
    }, waitMs);
  }

  #waitMs(): number | undefined {
    if (this.#state === 'gone') return GONE_CHECK_MS;
    const lookMs = Math.min(500, Math.max(20, this.#options.settleMs / 4));
    if (!this.#settling.isEmpty) return lookMs;
    // A whole look at a big folder is not to be repeated all the time.
    if (this.#isWholeDue) return Math.max(lookMs, this.#lastWholeMs + 10 * this.#wholeMs - performance.now());
    return this.#problem === undefined ? undefined : WITHOUT_HINTS_MS;
  }

  async #work(): Promise<void> {
    const { folder } = this.#options;
    if (!isFolder(folder)) {
      this.#settling.drop();
      this.#become('gone');
      return;
    }
    if (this.#state === 'gone') {
      await this.#listen();
      this.#feed ??= Feed.create(this.#options.place, folder, this.hidden, new Map());
      this.#isWholeDue = true;
      this.#become('watching');
    }
    const hasRoomForWhole = this.#settling.isEmpty && (this.#isWholeDue || this.#problem !== undefined);
    if (hasRoomForWhole) await this.#lookAtAll();
    await this.#lookAtTouched();
  }

  async #lookAtAll(): Promise<void> {
    const startedMs = performance.now();
    this.#isWholeDue = false;
    this.#hints = 0;
    const { files, unreadable } = await lookAtAll(this.folder, this.hidden, this.#ending.signal);
    this.#lastWholeMs = performance.now();
    this.#wholeMs = this.#lastWholeMs - startedMs;
    if (this.#ending.signal.aborted || this.#feed === undefined) return;
    const isUnknown = (path: string) => unreadable.some((each) => each === '' || path.startsWith(`${each}/`));
    for (const path of differencesOf(this.#feed.known, files, isUnknown))
      if (!this.#settling.touch(path)) {
        this.#isWholeDue = true;
        break;
      }
  }

  async #lookAtTouched(): Promise<void> {
    if (this.#settling.isEmpty || this.#feed === undefined) return;
    using top = OpenFolder.root(this.folder);
    const nowMs = performance.now();
    await lookAt(top, this.#settling.paths, (path, seen) =>
      this.#settling.look(path, seen, performance.now()),
    );
    if (this.#ending.signal.aborted) return;
    const changes = changesOf(this.#feed.known, this.#settling.take(nowMs));
    if (this.#settling.isEmpty && !this.#isWholeDue) this.#hints = 0;
    if (changes.length === 0) return;
    this.#feed.add(changes, new Date().toISOString());
    this.#options.changed();
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
