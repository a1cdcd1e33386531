/** Something of the source that is not in the backup as it stood. */
export interface Noted {
  readonly path: string;
  readonly reason: string;
}

/** Names are told up to this many; beyond, only their number. */
const NAMED = 50;

/** Codes of the system under which a single thing is left out and the rest goes on. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it vanished meanwhile',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ELOOP: 'it became a link meanwhile',
  ENOTDIR: 'its folder vanished meanwhile',
};

/** What was left out of a backup, and what changed while it was read. */
export class Report {
  readonly leftOut: Noted[] = [];
  readonly changed: string[] = [];
  leftOutCount = 0;
  changedCount = 0;
  /** Something is missing that ought to be there: not what vanished, nor what no backup can hold. */
  unreadableCount = 0;

  leaveOut(path: string, reason: string): undefined {
    this.leftOutCount++;
    if (this.leftOut.length < NAMED) this.leftOut.push({ path: path || '.', reason });
    return undefined;
  }

  change(path: string): void {
    this.changedCount++;
    if (this.changed.length < NAMED) this.changed.push(path || '.');
  }

  /** Does something with one thing of the source; when it is gone or locked, it is left out. */
  async trying<Result>(path: string, what: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await what();
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      const reason = REASONS[code];
      if (reason === undefined) throw error;
      if (code === 'EACCES' || code === 'EPERM') this.unreadableCount++;
      return this.leaveOut(path, reason);
    }
  }
}
