import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../repository/open-repository.ts';

/**
 * Pids of git processes that may be working in this repository. Elsewhere than on Linux nobody says where a process
 * works, so every git counts.
 */
export function otherGits(repository: Pick<Repository, 'path' | 'gitDir' | 'commonDir'>): number[] {
  const places = [repository.path, repository.gitDir, repository.commonDir];
  if (process.platform !== 'linux') return fromPs();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isGitIn(name, places))
    .map(Number);
}

function isGitIn(pid: string, places: readonly string[]): boolean {
  try {
    if (!/^git\b/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))) return false;
    if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return false;
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return places.some((place) => cwd === place || cwd.startsWith(place + path.sep));
  } catch {
    return false; // gone meanwhile, or another user's
  }
}

function fromPs(): number[] {
  const text = execFileSync('ps', ['-axo', 'pid=,comm='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const [, pid, name] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid !== undefined && /(^|\/)git(-|$)/.test(name ?? '') ? [Number(pid)] : [];
  });
}
