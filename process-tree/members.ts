import type { ProcessIdentity } from './identity.ts';
import type { ProcessEntry } from './list.ts';

/** By what a process is recognised as part of a tree. */
export interface Marks {
  /** Processes known to belong to it: the root, and whatever was seen earlier. */
  readonly known: readonly ProcessIdentity[];
  /** Pids that carry the tree's cookie, read after the snapshot was taken. */
  readonly cookiePids: readonly number[];
  /** Numbers of process groups and sessions that are the tree's although their leader is gone. */
  readonly groups: readonly number[];
}

/**
 * The living processes of a snapshot that belong to the tree: the known ones, those with the cookie, those in its
 * groups, and, over and over, their children and the groups and sessions which they lead. Never a process whose
 * start differs from the known one, never pid 1 or less, never `self` or one of its ancestors.
 */
export function members(snapshot: readonly ProcessEntry[], marks: Marks, self: number): ProcessEntry[] {
  const excluded = lineage(snapshot, self);
  const candidates = snapshot.filter(
    (entry) => entry.pid > 1 && entry.state !== 'Z' && entry.state !== 'X' && !excluded.has(entry.pid),
  );
  const starts = new Map(marks.known.map((identity) => [identity.pid, identity.startedAt]));
  const cookies = new Set(marks.cookiePids);
  const groups = new Set(marks.groups);
  for (const entry of snapshot) {
    // A dead leader which nobody has reaped yet still holds its number, so its group is certainly the tree's.
    if (starts.get(entry.pid) === entry.startedAt && entry.pgid === entry.pid) groups.add(entry.pid);
  }
  const found = new Map<number, ProcessEntry>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const entry of candidates) {
      if (found.has(entry.pid)) continue;
      const isMarked = starts.get(entry.pid) === entry.startedAt || cookies.has(entry.pid);
      const isRelated = found.has(entry.ppid) || groups.has(entry.pgid) || groups.has(entry.sid);
      if (!isMarked && !isRelated) continue;
      found.set(entry.pid, entry);
      if (entry.pgid === entry.pid || entry.sid === entry.pid) groups.add(entry.pid);
    }
  }
  return [...found.values()];
}

function lineage(snapshot: readonly ProcessEntry[], self: number): Set<number> {
  const parents = new Map(snapshot.map((entry) => [entry.pid, entry.ppid]));
  const pids = new Set<number>();
  for (let pid: number | undefined = self; pid !== undefined && pid > 0 && !pids.has(pid); ) {
    pids.add(pid);
    pid = parents.get(pid);
  }
  return pids;
}
