/** What became different in a workspace between two looks. Seen, not told by anybody. */
export interface Changes {
  /** `git`: the whole repository was compared. `files`: sizes and times of the files in the workspace. */
  readonly seenBy: 'git' | 'files';
  /** The folder to which the paths belong. */
  readonly root: string;
  /** The oldest first; of very many the newest. */
  readonly commits: readonly Commit[];
  readonly commitCount: number;
  readonly refs: readonly RefChange[];
  readonly files: readonly FileChange[];
  /** As `git diff --stat` prints it; empty without git. */
  readonly diffStat: string;
  /** False when not everything could be compared, so that there may be more than is listed. */
  readonly isWhole: boolean;
  /** What could not be seen, in sentences. */
  readonly notes: readonly string[];
}

export interface Commit {
  readonly id: string;
  readonly subject: string;
}

/** A branch, a tag or HEAD that points elsewhere; `before` or `after` is absent when it was not there. */
export interface RefChange {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

export interface FileChange {
  /** Relative to `root`. */
  readonly path: string;
  readonly change: 'added' | 'modified' | 'deleted' | 'renamed';
  /** The old path of a renamed file. */
  readonly from?: string;
  /** Lines; absent for binary files and without git. */
  readonly added?: number;
  readonly removed?: number;
  /** It held work that was not committed before the run began. */
  readonly modifiedBefore: boolean;
}

/** `undefined` when nothing was seen, but not everything could be. */
export function isChanged({ commits, refs, files, isWhole }: Changes): boolean | undefined {
  if (commits.length > 0 || refs.length > 0 || files.length > 0) return true;
  return isWhole ? false : undefined;
}
