import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bootId } from './boot-id.ts';
import { parseProcStat } from './parse-proc-stat.ts';
import { parsePsStart } from './parse-ps.ts';

/**
 * Who a process is. A pid alone is not enough, because the system gives numbers away again; a pid together with
 * its start is one process for ever, also after a restart of the machine.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque, for comparison only. Linux: `<boot id>/<start in clock ticks>`; macOS: the start as ps prints it. */
  readonly startedAt: string;
}

/** Whether one certainly began before the other; false where their starts cannot be compared (macOS, another boot). */
export function isEarlier(one: ProcessIdentity, other: ProcessIdentity): boolean {
  const [boot, ticks] = one.startedAt.split('/');
  const [otherBoot, otherTicks] = other.startedAt.split('/');
  if (boot !== otherBoot || ticks === undefined || otherTicks === undefined) return false;
  return Number(ticks) < Number(otherTicks);
}

/** Who runs under `pid` now; `undefined` when nobody does. A zombie (dead, not yet reaped) counts as nobody. */
export function identify(pid: number): ProcessIdentity | undefined {
  const found = find(pid);
  if (found === undefined || found.state === 'Z' || found.state === 'X') return undefined;
  return { pid, startedAt: found.startedAt };
}

/**
 * The identity of a child in the same turn in which it was spawned. It may be over already; until the event loop
 * turns it is not reaped, so its number is still its own. `undefined` only where the system does not say.
 */
export function identifyChild(pid: number): ProcessIdentity | undefined {
  const found = find(pid);
  return found && { pid, startedAt: found.startedAt };
}

/** Whether exactly this process is still alive. False for a zombie and for a later process with the same pid. */
export function isSame(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

interface Found {
  readonly state: string;
  readonly startedAt: string;
}

function find(pid: number): Found | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): Found | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const stat = parseProcStat(text);
  return stat && { state: stat.state, startedAt: `${bootId()}/${stat.startTicks}` };
}

function fromPs(pid: number): Found | undefined {
  try {
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } } as const;
    return parsePsStart(execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], options));
  } catch {
    return undefined; // ps exits with 1 when there is no such process
  }
}
