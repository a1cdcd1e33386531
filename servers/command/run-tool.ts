import type { CallToolResult } from '@modelcontextprotocol/server';
import { resolveFolder } from '../runtime/folders.ts';
import { RunOutput } from '../runtime/output/run-output.ts';
import { startProcess } from '../runtime/process/start-process.ts';
import type { Options } from './options.ts';
import { ProgressMeter } from './progress/meter.ts';
import { type StopReason, toError, toResult } from './result.ts';
import { refuseUnlisted } from './rules/allow-list.ts';
import type { Runs } from './run/runs.ts';
import type { RunInput } from './run-input.ts';
import type { Teller } from './teller.ts';

const TICK_MS = 100; // so at most ten progress notifications and ten log messages a second

/** The tool `run`: checks, runs, tells meanwhile, and answers when nothing of the command is left. */
export async function runCommand(
  input: RunInput,
  { options, runs, teller, signal }: { options: Options; runs: Runs; teller: Teller; signal: AbortSignal },
): Promise<CallToolResult> {
  const folder = resolveFolder(input.cwd, options.folders);
  const refusal =
    'refused' in folder ? folder.refused : (refuseByAllowList(input, options) ?? runs.refusal());
  if (refusal !== undefined || 'refused' in folder) return toError(refusal ?? '');

  const output = new RunOutput();
  const meter = new ProgressMeter();
  const startedMs = performance.now();
  const run = startProcess({
    file: '/bin/sh',
    args: ['-c', input.command],
    cwd: folder.path,
    env: input.env ?? {},
    graceMs: options.graceMs,
    onOutput: (stream, bytes) => output.add(stream, bytes),
  });
  let reason: StopReason | undefined;
  const stop = (why: StopReason) => {
    reason ??= why;
    run.stop();
  };
  const onAbort = () => stop(runs.isClosing ? 'shutdown' : 'cancelled');
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  const timeout = input.timeoutMs === undefined ? undefined : setTimeout(stop, input.timeoutMs, 'timeout');

  const tell = () => {
    if (signal.aborted || teller.isBusy) return;
    const lines = output.batch();
    if (lines !== undefined) teller.output(lines);
    meter.lines(output.newestLines());
    const update = meter.due(performance.now() - startedMs);
    if (update) teller.progress(update);
  };
  const ticking = setInterval(tell, TICK_MS);
  const answered = answer();
  runs.add(() => stop('shutdown'), answered);
  return answered;

  async function answer(): Promise<CallToolResult> {
    try {
      const outcome = await run.outcome;
      const kept = output.finish();
      if (signal.aborted) {
        teller.stopped(outcome.tree);
      } else {
        const lines = output.batch();
        if (lines !== undefined) teller.output(lines);
        meter.lines(output.newestLines());
        const update = meter.final(performance.now() - startedMs);
        if (update) teller.progress(update);
      }
      return toResult(outcome, kept, { ...(reason && { reason }), timeoutMs: input.timeoutMs ?? 0 });
    } catch (error) {
      // Only the code: the message of a failed spawn can hold the environment.
      return toError(
        `The command could not be run: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
      );
    } finally {
      clearInterval(ticking);
      clearTimeout(timeout);
      signal.removeEventListener('abort', onAbort);
      await teller.flushed();
    }
  }
}

function refuseByAllowList(input: RunInput, { allow }: Options): string | undefined {
  if (allow === undefined) return undefined;
  // A variable such as PATH or LD_PRELOAD would make a listed name run something else.
  if (input.env !== undefined && Object.keys(input.env).length > 0)
    return 'env: cannot be set while an allow list is active';
  return refuseUnlisted(input.command, allow);
}
