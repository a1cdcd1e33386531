import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child, ChildExit, ChildRequest } from './child.ts';

const DRAIN_MS = 1_000;

/**
 * Starts a program in a process group of its own, with its output in pipes.
 * @throws when the system refuses at once, as it does a too large environment
 */
export function spawnWithPipes(request: ChildRequest & { readonly stdin?: 'nothing' | 'open' }): Child {
  const child = spawn(request.file, request.args, {
    cwd: request.cwd,
    env: { ...request.env },
    detached: true,
    stdio: [request.stdin === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  }) as ChildProcessByStdio<Writable | null, Readable, Readable>;
  if (child.pid === undefined) return { pid: undefined, exit: failed(child), drain: async () => {} };

  child.stdout.on('data', (bytes: Buffer) => request.onOutput('stdout', bytes));
  child.stderr.on('data', (bytes: Buffer) => request.onOutput('stderr', bytes));
  child.stdin?.on('error', () => {}); // it does not read any more; its end tells
  const inputName = child.stdin ? nameOfInput(child.pid) : undefined;
  const closed = once(child, 'close');
  return {
    pid: child.pid,
    ...(child.stdin && { stdin: child.stdin }),
    ...(inputName !== undefined && { inputName }),
    exit: exitOf(child),
    async drain() {
      const late = new AbortController();
      await Promise.race([closed, sleep(DRAIN_MS, undefined, { signal: late.signal }).catch(() => {})]);
      late.abort();
      child.stdin?.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

async function exitOf(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<ChildExit> {
  const [exitStatus, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return { exitStatus, signal };
}

async function failed(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<never> {
  const [error] = await once(child, 'error');
  throw error;
}

function nameOfInput(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/0`);
  } catch {
    return undefined; // over already, or not Linux
  }
}
