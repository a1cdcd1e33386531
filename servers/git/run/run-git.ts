import type { EndTreeResult } from '../../../process-tree/end.ts';
import { RunOutput } from '../../runtime/output/run-output.ts';
import { startProcess } from '../../runtime/process/start-process.ts';
import { readPhase } from '../progress/read-phase.ts';
import { GIT_CONFIG, GIT_ENVIRONMENT } from './environment.ts';

const MAX_STDOUT = 16 << 20;

export interface GitRequest {
  /** The subcommand and its arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly graceMs: number;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** The process group, as soon as it runs. */
  readonly onStart?: (pid: number) => void;
  /** Something came on stdout or stderr; `output` has it. */
  readonly onOutput?: (output: RunOutput) => void;
  /** stdout is not kept for the caller, but said together with stderr. */
  readonly mixed?: boolean;
}

export interface GitResult {
  /** `null` when a signal ended it. */
  readonly exitStatus: number | null;
  /** The first 16 MB. */
  readonly stdout: string;
  readonly stdoutCutBytes: number;
  /** What it said on stderr, without its progress; of much the beginning and the end. */
  readonly said: string;
  readonly tree: EndTreeResult;
}

/**
 * Runs git to its end; nothing of it is left then. Rejects with the reason of `signal` when that was aborted before
 * it began; after that the result tells.
 */
export async function runGit(request: GitRequest): Promise<GitResult> {
  const { signal, onOutput } = request;
  signal?.throwIfAborted();
  const output = new RunOutput();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const child = startProcess({
    file: 'git',
    args: [...GIT_CONFIG, ...request.args],
    cwd: request.cwd,
    env: { ...GIT_ENVIRONMENT, ...request.env },
    graceMs: request.graceMs,
    ...(request.stdin !== undefined && { stdin: 'open' as const }),
    onOutput(stream, chunk) {
      if (stream === 'stdout' && !request.mixed) {
        if (bytes < MAX_STDOUT) chunks.push(chunk.subarray(0, MAX_STDOUT - bytes));
        bytes += chunk.length;
      } else output.add(stream, chunk);
      onOutput?.(output);
    },
  });
  const stop = () => child.stop();
  signal?.addEventListener('abort', stop, { once: true });
  child.stdin?.end(request.stdin);
  if (child.pid !== undefined) request.onStart?.(child.pid);
  try {
    const { exitStatus, tree } = await child.outcome;
    const said = withoutProgress(output.finish().text);
    onOutput?.(output);
    const stdout = Buffer.concat(chunks).toString();
    return { exitStatus, stdout, stdoutCutBytes: Math.max(0, bytes - MAX_STDOUT), said, tree };
  } catch (error) {
    throw new Error(`git could not be started: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function withoutProgress(text: string): string {
  const lines = text.split('\n').filter((line) => readPhase(line.trimEnd()) === undefined);
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
