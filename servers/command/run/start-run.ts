import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EndTreeResult, endTree } from '../../../process-tree/end.ts';
import { identifyChild, type ProcessIdentity } from '../../../process-tree/identity.ts';
import { Tree } from '../../../process-tree/tree.ts';

/** The variable that every process of a run carries. */
export const COOKIE_NAME = 'COMMAND_RUN_ID';

export interface RunRequest {
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /** How often to look for descendants while it runs, in milliseconds. Default 5,000. */
  readonly sampleMs?: number;
  readonly onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void;
}

/** How a run ended. Nothing of it is left, unless `tree.left` says so. */
export interface RunOutcome {
  /** `null` when a signal ended the shell. */
  readonly exitStatus: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Until the shell was over. */
  readonly durationMs: number;
  /** What was ended from outside: the tree of a stopped run, or what the shell had left in the background. */
  readonly tree: EndTreeResult;
}

export interface Run {
  /** Rejects when the command cannot be started; the error's `code` says why. */
  readonly outcome: Promise<RunOutcome>;
  /** Ends everything that belongs to the run. The outcome follows when nothing of it is left. */
  stop(): void;
}

const SAMPLE_MS = 5_000;
const DRAIN_MS = 1_000;

/**
 * Runs a command by `/bin/sh -c` in a process group of its own, with nothing on stdin. A run is over when its shell
 * is over; what the shell leaves in the background is then ended too.
 */
export function startRun(request: RunRequest): Run {
  const cookie = { name: COOKIE_NAME, value: randomUUID() };
  const startedMs = performance.now();
  let child: ShellProcess;
  try {
    child = spawnShell(request, { [cookie.name]: cookie.value });
  } catch (error) {
    return { outcome: Promise.reject(error), stop() {} };
  }
  if (child.pid === undefined) return { outcome: failedStart(child), stop() {} };

  child.stdout.on('data', (bytes: Buffer) => request.onOutput('stdout', bytes));
  child.stderr.on('data', (bytes: Buffer) => request.onOutput('stderr', bytes));
  const root = identifyChild(child.pid);

  // What empties its environment and leaves group and family is only known if it was seen while it had a parent.
  let known: readonly ProcessIdentity[] = [];
  const tree = new Tree({ ...(root && { root }) });
  const sampling = setInterval(() => {
    known = tree.look().alive;
  }, request.sampleMs ?? SAMPLE_MS);

  let ending: Promise<EndTreeResult> | undefined;
  const end = (rootJustEnded: boolean): Promise<EndTreeResult> => {
    ending ??= endTree({ ...(root && { root }), cookie, known, graceMs: request.graceMs, rootJustEnded });
    return ending;
  };
  const outcome = (async (): Promise<RunOutcome> => {
    const closed = once(child, 'close');
    const [exitStatus, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    const durationMs = Math.round(performance.now() - startedMs);
    const ended = await end(true);
    clearInterval(sampling);
    await drained(child, closed);
    return { exitStatus, signal, durationMs, tree: ended };
  })();
  return { outcome, stop: () => void end(false) };
}

type ShellProcess = ChildProcessByStdio<null, Readable, Readable>;

function spawnShell({ command, cwd, env }: RunRequest, cookie: Record<string, string>): ShellProcess {
  return spawn('/bin/sh', ['-c', command], {
    cwd,
    env: { ...process.env, ...env, ...cookie },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function failedStart(child: ChildProcess): Promise<never> {
  const [error] = await once(child, 'error');
  throw error;
}

/** Waits for the rest of the output, but not for a stranger who holds the pipe. */
async function drained(child: ShellProcess, closed: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
  child.stdout.destroy();
  child.stderr.destroy();
}
