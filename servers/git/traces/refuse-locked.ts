import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '../../runtime/tool.ts';
import type { Repository } from '../repository/open-repository.ts';
import { listLocks } from './list-traces.ts';
import { otherGits } from './other-gits.ts';

const PATIENCE_MS = 1_000;
const AGAIN_MS = 50;

/**
 * Refuses to begin where somebody holds a lock. Locks of others mostly last for milliseconds, so it looks for a second.
 * @param index whether that of the index matters too
 * @throws {Refusal} naming the lock, its age, and who may hold it
 */
export async function refuseLocked(
  repository: Repository,
  index: boolean,
  signal: AbortSignal,
): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const [lock] = listLocks(repository).filter((each) => index || path.basename(each) !== 'index.lock');
    if (lock === undefined) return;
    if (performance.now() >= untilMs) throw new Refusal(`repository: ${describe(lock, repository)}`);
    await pause(AGAIN_MS, undefined, { signal });
  }
}

function describe(lock: string, repository: Repository): string {
  const madeMs = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  const age =
    madeMs === undefined ? '' : ` (${Math.max(0, Math.round((Date.now() - madeMs) / 1_000))} s old)`;
  const others = otherGits(repository);
  const holder =
    others.length > 0
      ? `git runs there (pid ${others.join(', ')}) and may hold it`
      : 'no git is seen running there, so it may be left from one that was killed; remove it if you are sure';
  return `${lock} is there${age}. Nothing was changed; ${holder}.`;
}
