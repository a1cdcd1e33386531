import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EndTreeResult, endTree } from '../../../process-tree/end.ts';
import { identifyChild, type ProcessIdentity } from '../../../process-tree/identity.ts';
import { Tree } from '../../../process-tree/tree.ts';

/** The variable that every process of a run carries. */
export const COOKIE_NAME = 'COMMAND_RUN_ID';

export interface ProcessRequest {
  /** The program, looked up in PATH; no shell is between. */
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Added to the environment of the server; `undefined` takes a variable away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Between SIGTERM and SIGKILL, in milliseconds. */
  readonly graceMs: number;
  /** How often to look for descendants while it runs, in milliseconds. Default 5,000. */
  readonly sampleMs?: number;
  /** `open`: a pipe that the caller writes to and ends. Default `nothing`: the end of file at once. */
  readonly stdin?: 'nothing' | 'open';
  readonly onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void;
}

/** How a process ended. Nothing of it is left, unless `tree.left` says so. */
export interface ProcessOutcome {
  /** `null` when a signal ended it. */
  readonly exitStatus: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Until it was over. */
  readonly durationMs: number;
  /** What was ended from outside: the tree of a stopped process, or what it had left in the background. */
  readonly tree: EndTreeResult;
}

export interface RunningProcess {
  /** Absent when it could not be started. */
  readonly pid?: number;
  /** With `stdin: 'open'`. */
  readonly stdin?: Writable;
  /** Rejects when it cannot be started; the error's `code` says why. */
  readonly outcome: Promise<ProcessOutcome>;
  /** Ends everything that belongs to it. The outcome follows when nothing of it is left. */
  stop(): void;
}

const SAMPLE_MS = 5_000;
const DRAIN_MS = 1_000;

/**
 * Runs a program in a process group of its own. It is over when its first process is over; what that leaves in the
 * background is then ended too.
 */
export function startProcess(request: ProcessRequest): RunningProcess {
  const cookie = { name: COOKIE_NAME, value: randomUUID() };
  const startedMs = performance.now();
  let child: Child;
  try {
    child = spawnChild(request, { [cookie.name]: cookie.value });
  } catch (error) {
    return { outcome: Promise.reject(error), stop() {} };
  }
  if (child.pid === undefined) return { outcome: failedStart(child), stop() {} };

  child.stdout.on('data', (bytes: Buffer) => request.onOutput('stdout', bytes));
  child.stderr.on('data', (bytes: Buffer) => request.onOutput('stderr', bytes));
  child.stdin?.on('error', () => {}); // it does not read any more; its end tells
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
  const outcome = (async (): Promise<ProcessOutcome> => {
    const closed = once(child, 'close');
    const [exitStatus, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    const durationMs = Math.round(performance.now() - startedMs);
    const ended = await end(true);
    clearInterval(sampling);
    await drained(child, closed);
    return { exitStatus, signal, durationMs, tree: ended };
  })();
  return {
    pid: child.pid,
    ...(child.stdin && { stdin: child.stdin }),
    outcome,
    stop: () => void end(false),
  };
}

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

function spawnChild({ file, args, cwd, env, stdin }: ProcessRequest, cookie: Record<string, string>): Child {
  return spawn(file, args, {
    cwd,
    env: { ...process.env, ...env, ...cookie },
    detached: true,
    stdio: [stdin === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  }) as Child;
}

async function failedStart(child: ChildProcess): Promise<never> {
  const [error] = await once(child, 'error');
  throw error;
}

/** Waits for the rest of the output, but not for a stranger who holds the pipe. */
async function drained(child: Child, closed: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
  child.stdin?.destroy();
  child.stdout.destroy();
  child.stderr.destroy();
}
