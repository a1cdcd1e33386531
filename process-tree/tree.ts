import { type Cookie, findByCookie } from './cookie.ts';
import { isEarlier, type ProcessIdentity } from './identity.ts';
import { listProcesses, type ProcessEntry } from './list.ts';
import { members } from './members.ts';

/** By what a tree of processes is found. At least one of the first three. */
export interface TreeMarks {
  /** The process from which the tree grew. Best the leader of a process group of its own (`detached`). */
  readonly root?: ProcessIdentity;
  /** What the environment of everything in the tree holds. */
  readonly cookie?: Cookie;
  /** Processes seen in the tree earlier, which may have left its group and family since. */
  readonly known?: readonly ProcessIdentity[];
  /**
   * True when the caller itself has just reaped `root`: its group number cannot have been given away yet, so the
   * group still counts although its leader is gone. The group of a root that died long ago is not trusted.
   */
  readonly rootJustEnded?: boolean;
}

/** One look at a tree. */
export interface TreeView {
  readonly alive: readonly ProcessEntry[];
  /** Process groups of which every member belongs to the tree, so that they may be signalled as a whole. */
  readonly groups: readonly number[];
}

/** Follows one tree over several looks, so that what is in it stays in it wherever it moves. */
export class Tree {
  readonly #root: ProcessIdentity | undefined;
  readonly #cookie: Cookie | undefined;
  #known: readonly ProcessIdentity[];
  #groups: ReadonlySet<number>;

  constructor({ root, cookie, known = [], rootJustEnded = false }: TreeMarks) {
    this.#root = root;
    this.#cookie = cookie;
    this.#known = root ? [root, ...known] : known;
    this.#groups = new Set(root && rootJustEnded ? [root.pid] : []);
  }

  /** What of the tree is alive now. */
  look(): TreeView {
    const snapshot = listProcesses();
    const cookiePids = this.#cookie ? findByCookie(this.#cookie, this.#sinceRoot(snapshot)) : [];
    const groups = this.#stillOurs(snapshot);
    const alive = members(snapshot, { known: this.#known, cookiePids, groups }, process.pid);
    this.#known = alive;
    // A group counts as long as something of ours is in it: until then its number cannot be given away.
    const led = (pid: number) => groups.includes(pid) || alive.some((entry) => entry.pid === pid);
    this.#groups = new Set(alive.flatMap((entry) => [entry.pgid, entry.sid]).filter(led));
    return { alive, groups: [...this.#groups].filter((group) => isWhollyIn(alive, snapshot, group)) };
  }

  /** Whatever came out of the root began no earlier than it; to read the environment of all others would take long. */
  #sinceRoot(snapshot: readonly ProcessEntry[]): number[] {
    const root = this.#root;
    const living = snapshot.filter(({ state }) => state !== 'Z' && state !== 'X');
    return living.filter((entry) => root === undefined || !isEarlier(entry, root)).map(({ pid }) => pid);
  }

  /** The groups, without those whose number now belongs to somebody else. */
  #stillOurs(snapshot: readonly ProcessEntry[]): number[] {
    const starts = new Map(
      [...this.#known, ...(this.#root ? [this.#root] : [])].map((k) => [k.pid, k.startedAt]),
    );
    const reused = snapshot.filter((entry) => (starts.get(entry.pid) ?? entry.startedAt) !== entry.startedAt);
    const strangers = new Set(reused.map((entry) => entry.pid));
    return [...this.#groups].filter((group) => !strangers.has(group));
  }
}

function isWhollyIn(
  alive: readonly ProcessEntry[],
  snapshot: readonly ProcessEntry[],
  group: number,
): boolean {
  const inside = new Set(alive.map((entry) => entry.pid));
  const living = snapshot.filter((entry) => entry.pgid === group && entry.state !== 'Z');
  return group > 1 && living.length > 0 && living.every((entry) => inside.has(entry.pid));
}
