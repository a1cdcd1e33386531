import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from './identity.ts';
import { Tree, type TreeMarks } from './tree.ts';

export interface EndTreeOptions extends TreeMarks {
  /** How long to leave between SIGTERM and SIGKILL, in milliseconds. 0 kills at once. */
  readonly graceMs: number;
  /** How long to wait after the first SIGKILL before saying what is left, in milliseconds. Default 10,000. */
  readonly capMs?: number;
}

export interface EndTreeResult {
  /** How many processes are still there. 0 unless something cannot be killed (state D, another user's). */
  readonly left: number;
  readonly remaining: readonly ProcessIdentity[];
  /** How many processes were found and are gone. */
  readonly ended: number;
  /** How many of those were sent SIGKILL. */
  readonly killed: number;
}

/**
 * Ends a process and everything that came out of it: SIGTERM, after the grace SIGKILL, looking again in each
 * round, because a tree can grow while it dies. Resolves only when nothing of it is left, or when something has
 * outlived SIGKILL for `capMs`. Signals only what was recognised by pid and start in the same round, and groups of
 * which that is true of every member, so it never meets a stranger, the calling process, or the calling process's ancestors.
 */
export async function endTree(options: EndTreeOptions): Promise<EndTreeResult> {
  const killAt = performance.now() + options.graceMs;
  const giveUpAt = killAt + (options.capMs ?? 10_000);
  const tree = new Tree(options);
  const found = new Set<string>();
  const terminated = new Set<string>();
  const killed = new Set<string>();
  let pauseMs = 5;
  for (let emptyRounds = 0; ; ) {
    const { alive, groups } = tree.look();
    for (const entry of alive) found.add(key(entry));
    const now = performance.now();
    // One look is not atomic: a child born during it can be missed. Two empty ones in a row cannot both miss it.
    emptyRounds = alive.length === 0 ? emptyRounds + 1 : 0;
    if (emptyRounds === 2 || now >= giveUpAt) {
      const remaining = alive.map(({ pid, startedAt }) => ({ pid, startedAt }));
      const ended = found.size - remaining.length;
      return { left: remaining.length, remaining, ended, killed: killed.size };
    }
    // A whole group at once, too: a chain of short-lived processes would slip through single signals.
    if (now >= killAt) for (const group of groups) signal(-group, 'SIGKILL');
    for (const entry of alive) {
      if (now >= killAt) {
        if (signal(entry.pid, 'SIGKILL')) killed.add(key(entry));
      } else if (!terminated.has(key(entry))) {
        terminated.add(key(entry));
        signal(entry.pid, 'SIGTERM');
        signal(entry.pid, 'SIGCONT'); // a stopped process takes its SIGTERM only when it runs again
      }
    }
    if (alive.length > 0) {
      const untilKillMs = now < killAt ? killAt - now : pauseMs;
      await sleep(Math.max(1, Math.min(pauseMs, untilKillMs)));
      pauseMs = Math.min(50, pauseMs * 2);
    }
  }
}

const key = (identity: ProcessIdentity): string => `${identity.pid} ${identity.startedAt}`;

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false; // gone meanwhile, or not ours to signal; the next look tells
  }
}
