import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Cookie, findByCookie } from '../../process-tree/cookie.ts';
import { listProcesses } from '../../process-tree/list.ts';

const COOKIE = 'MEANWHILE_TEST_RUN';
/** How long a process that was told to end may take; workers of the runner end by themselves after the tests. */
const GRACE_MS = 5_000;

/**
 * Fails the run when a test leaves something behind. All that the tests start inherits a cookie, so it is found
 * however far it strayed; all temp folders are made in one folder of this run.
 */
export default function setup() {
  const value = randomUUID();
  process.env[COOKIE] = value;
  // A server is started with hardly any of our environment, but always with the path.
  process.env.PATH = `${process.env.PATH}:/${COOKIE}/${value}`;
  const cookies = [COOKIE, 'PATH'].map((name) => ({ name, value: process.env[name] ?? '' }));
  const temp = mkdtempSync(join(tmpdir(), 'mw-'));
  chmodSync(temp, 0o711); // a database server runs as a user of its own
  process.env.TMPDIR = temp;
  return async () => {
    const processes = await leftProcesses(cookies);
    const folders = readdirSync(temp).filter((name) => name.startsWith('meanwhile-'));
    for (const { pid } of processes) process.kill(pid, 'SIGKILL');
    rmSync(temp, { recursive: true, force: true });
    const left = [...processes.map(({ pid, command }) => `process ${pid}: ${command}`), ...folders];
    if (left.length > 0) throw new Error(`The tests left behind:\n  ${left.join('\n  ')}`);
  };
}

/** Processes that carry the run's cookie; the runner's own workers are not what a test started. */
async function leftProcesses(cookies: readonly Cookie[]): Promise<{ pid: number; command: string }[]> {
  const deadline = performance.now() + GRACE_MS;
  for (;;) {
    const alive = new Set(listProcesses().flatMap(({ pid, state }) => (state === 'Z' ? [] : [pid])));
    const left = [...new Set(cookies.flatMap((cookie) => findByCookie(cookie)))]
      .filter((pid) => pid !== process.pid && alive.has(pid))
      .map((pid) => ({ pid, command: commandOf(pid) }))
      .filter(({ command }) => command !== '' && !command.includes('vitest'));
    if (left.length === 0 || performance.now() > deadline) return left;
    await pause(50);
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
