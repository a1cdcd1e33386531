import { isFileError, reasonOf } from '../place/reason.ts';

/** What could not be done, and why. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** Collects what single entries meet while the others go on. */
export class Problems {
  readonly list: Problem[] = [];

  add(path: string, reason: string): void {
    this.list.push({ path, reason });
  }

  /** Does something for one entry; what the file system refuses is noted. @returns whether it was done */
  try(path: string, act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      if (!isFileError(error)) throw error;
      this.add(path, reasonOf(error));
      return false;
    }
  }
}
