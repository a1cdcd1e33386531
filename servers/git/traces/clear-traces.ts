import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../repository/open-repository.ts';
import { listTraces } from './list-traces.ts';
import { otherGits } from './other-gits.ts';

/** What became of the locks and partial objects that a git left which was ended. Paths from the repository. */
export interface Cleared {
  readonly removed: readonly string[];
  readonly left: readonly string[];
  /** Why `left` was not removed. */
  readonly reason?: string;
}

/**
 * Removes what appeared since `before`, once the git that was started is gone. Where another git works in the
 * repository it may be that one's, so it stays.
 */
export function clearTraces(repository: Repository, before: ReadonlySet<string>): Cleared {
  const traces = [...listTraces(repository)].filter((trace) => !before.has(trace));
  const shown = (trace: string) => path.relative(repository.path, trace);
  if (traces.length === 0) return { removed: [], left: [] };
  const others = otherGits(repository);
  if (others.length > 0) {
    const reason = `git runs in this repository too (pid ${others.join(', ')}), and they may be its own`;
    return { removed: [], left: traces.map(shown), reason };
  }
  for (const trace of traces) {
    try {
      rmSync(trace, { recursive: true, force: true });
    } catch {
      // said below
    }
  }
  const left = traces.filter((trace) => existsSync(trace)).map(shown);
  const removed = traces.map(shown).filter((trace) => !left.includes(trace));
  return { removed, left, ...(left.length > 0 && { reason: 'the system refused to remove them' }) };
}

/** As sentences; empty when there was nothing. */
export function describeCleared({ removed, left, reason }: Cleared): string {
  const sentences = [];
  if (removed.length > 0) sentences.push(`Removed what git had left: ${some(removed)}.`);
  if (left.length > 0) sentences.push(`Still there: ${some(left)}; ${reason}.`);
  return sentences.join(' ');
}

const some = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
