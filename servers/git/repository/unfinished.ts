import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from './open-repository.ts';

/** What git has begun and waits to be finished by somebody. */
export type Unfinished = 'merge' | 'rebase' | 'cherry-pick' | 'revert';

const MARKS: readonly (readonly [string, Unfinished])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
];

export function readUnfinished({ gitDir }: Repository): Unfinished | undefined {
  return MARKS.find(([name]) => existsSync(path.join(gitDir, name)))?.[1];
}

/** As a sentence, with how to go on. */
export const describeUnfinished = (what: Unfinished): string =>
  `A ${what} is under way: resolve the files, then "git ${what} --continue", or take it back with "git ${what} --abort".`;
