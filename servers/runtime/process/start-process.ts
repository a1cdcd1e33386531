import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { type EndTreeResult, endTree } from '../../../process-tree/end.ts';
import { identifyChild, type ProcessIdentity } from '../../../process-tree/identity.ts';
import { Tree } from '../../../process-tree/tree.ts';
import type { Child } from './child.ts';
import { countUnseen, cpuOfEndedChild, startCounting } from './ended-children.ts';
import { readsInput } from './reads-input.ts';
import { spawnInTerminal, type TerminalSize } from './spawn-in-terminal.ts';
import { spawnWithPipes } from './spawn-with-pipes.ts';
import { type ResourceUse, TreeUse } from './tree-use.ts';

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
  /** How seldom to look at its processes at most while it runs, in milliseconds. Default 2,000; more often at first. */
  readonly sampleMs?: number;
  /** `open`: a pipe that the caller writes to and ends. Default `nothing`: the end of file at once. */
  readonly stdin?: 'nothing' | 'open';
  /** A pseudo-terminal of this size instead of pipes; its input is open. */
  readonly terminal?: TerminalSize;
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
  readonly use: ResourceUse;
}

export interface RunningProcess {
  /** Absent when it could not be started. */
  readonly pid?: number;
  /** With `stdin: 'open'` or a terminal. */
  readonly stdin?: Writable;
  /** The device of its terminal, `/dev/pts/3`. */
  readonly terminal?: string;
  /** Rejects when it cannot be started; the error's `code` says why. */
  readonly outcome: Promise<ProcessOutcome>;
  /** Whether it stands still until it gets input, right now; `undefined` where the system does not say. */
  isReadingInput(): boolean | undefined;
  /** Ends everything that belongs to it. The outcome follows when nothing of it is left. */
  stop(): void;
}

const FIRST_SAMPLE_MS = 25;
const SAMPLE_MS = 2_000;

/**
 * Runs a program in a process group of its own. It is over when its first process is over; what that leaves in the
 * background is then ended too.
 */
export function startProcess(request: ProcessRequest): RunningProcess {
  const cookie = { name: COOKIE_NAME, value: randomUUID() };
  const startedMs = performance.now();
  let child: Child;
  try {
    startCounting();
    child = spawnChild(request, { [cookie.name]: cookie.value });
  } catch (error) {
    return notStarted(Promise.reject(error));
  }
  if (child.pid === undefined) return notStarted(child.exit as Promise<never>);

  const root = identifyChild(child.pid);
  // What empties its environment and leaves group and family is only known if it was seen while it had a parent.
  let known: readonly ProcessIdentity[] = [];
  const tree = new Tree({ ...(root && { root }) });
  const use = new TreeUse();
  const look = () => {
    const { alive } = tree.look();
    known = alive;
    use.look(alive.map(({ pid }) => pid));
    startCounting();
  };
  const stopSampling = sample(look, request.sampleMs ?? SAMPLE_MS);

  let ending: Promise<EndTreeResult> | undefined;
  const end = (rootJustEnded: boolean): Promise<EndTreeResult> => {
    ending ??= endTree({ ...(root && { root }), cookie, known, graceMs: request.graceMs, rootJustEnded });
    return ending;
  };
  const outcome = (async (): Promise<ProcessOutcome> => {
    // A terminal's child is waited for in a thread of its own, at a time that is not told.
    const counted = request.terminal && countUnseen();
    const { exitStatus, signal } = await child.exit;
    const cpuSeconds = counted ? counted() : cpuOfEndedChild();
    const durationMs = Math.round(performance.now() - startedMs);
    stopSampling();
    const ended = await end(true);
    await child.drain();
    use.add({ cpuSeconds: (await cpuSeconds) ?? undefined });
    return { exitStatus, signal, durationMs, tree: ended, use: use.use };
  })();
  return {
    pid: child.pid,
    ...(child.stdin && { stdin: child.stdin }),
    ...(request.terminal && child.inputName !== undefined && { terminal: child.inputName }),
    outcome,
    isReadingInput: () =>
      readsInput(
        tree.look().alive.map(({ pid }) => pid),
        child.inputName,
      ),
    stop: () => {
      if (ending === undefined) look(); // what it has used so far
      void end(false);
    },
  };
}

function spawnChild(request: ProcessRequest, cookie: Record<string, string>): Child {
  const { file, args, cwd, stdin, terminal, onOutput } = request;
  const start = { file, args, cwd, onOutput, env: { ...process.env, ...request.env, ...cookie } };
  return terminal
    ? spawnInTerminal({ ...start, size: terminal })
    : spawnWithPipes({ ...start, ...(stdin && { stdin }) });
}

const notStarted = (outcome: Promise<never>): RunningProcess => ({
  outcome,
  isReadingInput: () => undefined,
  stop() {},
});

/** Calls at first soon and then ever more seldom; most commands are short, and the long ones many. */
function sample(look: () => void, longestMs: number): () => void {
  let timer: NodeJS.Timeout;
  const next = (ms: number) => {
    timer = setTimeout(() => {
      look();
      next(Math.min(longestMs, ms * 2));
    }, ms);
  };
  next(Math.min(longestMs, FIRST_SAMPLE_MS));
  return () => clearTimeout(timer);
}
