import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parsePsEnvironment } from './parse-ps.ts';

/**
 * A variable put into the environment of a process. Everything it starts inherits it, also what leaves the
 * process group and the family (`setsid`, a double fork), so it is found again by its cookie.
 */
export interface Cookie {
  readonly name: string;
  /** Unguessable and without spaces, such as a UUID. */
  readonly value: string;
}

/**
 * The pids of all processes whose environment holds the cookie, or of those among `candidates` where they are given. Processes of other users cannot be read and are
 * not found; nor is a program that was started with an emptied environment (`env -i`).
 */
export function findByCookie(cookie: Cookie, candidates?: readonly number[]): number[] {
  const wanted = `${cookie.name}=${cookie.value}`;
  return process.platform === 'linux' ? fromProc(wanted, candidates ?? allPids()) : fromPs(wanted);
}

const allPids = (): number[] =>
  readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

function fromProc(wanted: string, pids: readonly number[]): number[] {
  const needle = Buffer.from(`\0${wanted}\0`);
  return pids.filter((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`);
      return Buffer.concat([Buffer.of(0), environment, Buffer.of(0)]).includes(needle);
    } catch {
      return false; // gone meanwhile, or another user's
    }
  });
}

function fromPs(wanted: string): number[] {
  const options = { encoding: 'utf8', maxBuffer: 256 << 20 } as const;
  return parsePsEnvironment(execFileSync('ps', ['-axEww', '-o', 'pid=,command='], options), wanted);
}
