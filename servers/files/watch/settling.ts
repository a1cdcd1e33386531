import { isSameSeen, type Seen } from './seen.ts';

/** A path that has stayed the same for long enough; `seen` is absent when nothing is there. */
export interface Settled {
  readonly path: string;
  readonly seen: Seen | undefined;
}

interface Waiting {
  /** Since when every look showed the same; absent before the first look. */
  sinceMs?: number;
  seen?: Seen | undefined;
}

/**
 * Holds paths that may have changed until they have stayed the same for `settleMs`. Pure: it is told what a look
 * showed, and when. So a file that is being written is not reported yet, and one that comes and goes in between
 * (the temporary file of an editor) never.
 */
export class Settling {
  readonly #settleMs: number;
  readonly #most: number;
  readonly #waiting = new Map<string, Waiting>();

  /** @param most paths held at once */
  constructor(settleMs: number, most: number) {
    this.#settleMs = settleMs;
    this.#most = most;
  }

  get paths(): readonly string[] {
    return [...this.#waiting.keys()];
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Something may have happened to this path. @returns false when there is no room for it */
  touch(path: string): boolean {
    if (this.#waiting.has(path)) return true;
    if (this.#waiting.size >= this.#most) return false;
    this.#waiting.set(path, {});
    return true;
  }

  /** What a look at a touched path showed. */
  look(path: string, seen: Seen | undefined, nowMs: number): void {
    const waiting = this.#waiting.get(path);
    if (waiting === undefined) return;
    if (waiting.sinceMs === undefined || !isSameSeen(waiting.seen, seen)) {
      waiting.sinceMs = nowMs;
      waiting.seen = seen;
    }
  }

  /** Takes out what has settled, to be asked right after looking at all paths. */
  take(nowMs: number): Settled[] {
    const settled: Settled[] = [];
    for (const [path, { sinceMs, seen }] of this.#waiting)
      if (sinceMs !== undefined && nowMs - sinceMs >= this.#settleMs) settled.push({ path, seen });
    for (const { path } of settled) this.#waiting.delete(path);
    return settled;
  }

  /** Forgets a path, or all of them. */
  drop(path?: string): void {
    if (path === undefined) this.#waiting.clear();
    else this.#waiting.delete(path);
  }
}
