import type { ProcessEntry } from './list.ts';

/**
 * Reads `ps -axww -o pid=,ppid=,pgid=,sess=,state=,lstart=`. macOS prints a session as an address, mostly 0;
 * what is no number becomes 0, "unknown". Lines that do not fit are left out.
 */
export function parsePsList(text: string): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S.*)$/.exec(line);
    if (!match) continue;
    const [, pid, ppid, pgid, session, state, start] = match as unknown as string[];
    entries.push({
      pid: Number(pid),
      ppid: Number(ppid),
      pgid: Number(pgid),
      sid: /^\d+$/.test(session!) ? Number(session) : 0,
      state: state![0]!,
      startedAt: oneSpaced(start!),
    });
  }
  return entries;
}

/** Reads `ps -o state=,lstart= -p PID`; `undefined` when ps found nothing. */
export function parsePsStart(text: string): { state: string; startedAt: string } | undefined {
  const match = /^\s*(\S+)\s+(\S.*)$/m.exec(text);
  return match ? { state: match[1]![0]!, startedAt: oneSpaced(match[2]!) } : undefined;
}

/**
 * Reads `ps -axEww -o pid=,command=`, which prints the environment behind the command: the pids whose line holds
 * `NAME=value` as a word of its own.
 */
export function parsePsEnvironment(text: string, cookie: string): number[] {
  const pids: number[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s(.*)$/.exec(line);
    if (match && ` ${match[2]} `.includes(` ${cookie} `)) pids.push(Number(match[1]));
  }
  return pids;
}

const oneSpaced = (text: string): string => text.trim().replace(/\s+/g, ' ');
