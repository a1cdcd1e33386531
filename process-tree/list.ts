import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { bootId } from './boot-id.ts';
import type { ProcessIdentity } from './identity.ts';
import { parseProcStat } from './parse-proc-stat.ts';
import { parsePsList } from './parse-ps.ts';

/** One process of a snapshot. */
export interface ProcessEntry extends ProcessIdentity {
  readonly ppid: number;
  /** Its process group. */
  readonly pgid: number;
  /** Its session; 0 where the system does not say (macOS). */
  readonly sid: number;
  /** The first letter of the state; `Z` is a zombie. */
  readonly state: string;
}

/** All processes, zombies too. Not atomic: what starts or ends meanwhile may be missing. */
export function listProcesses(): ProcessEntry[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

function fromProc(): ProcessEntry[] {
  const boot = bootId();
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    let text: string;
    try {
      text = readFileSync(`/proc/${name}/stat`, 'utf8');
    } catch {
      continue; // gone between the listing and the reading
    }
    const stat = parseProcStat(text);
    if (!stat) continue;
    const { startTicks, ...entry } = stat;
    entries.push({ ...entry, startedAt: `${boot}/${startTicks}` });
  }
  return entries;
}

function fromPs(): ProcessEntry[] {
  const columns = 'pid=,ppid=,pgid=,sess=,state=,lstart=';
  const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 64 << 20 } as const;
  return parsePsList(execFileSync('ps', ['-axww', '-o', columns], options));
}
