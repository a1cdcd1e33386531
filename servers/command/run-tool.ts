import { resolveFolder } from '../runtime/folders.ts';
import type { Settings } from '../runtime/options.ts';
import { RunOutput } from '../runtime/output/run-output.ts';
import { startProcess } from '../runtime/process/start-process.ts';
import { defineTool, Refusal } from '../runtime/tool.ts';
import type { Work } from '../runtime/work.ts';
import type { OPTIONS } from './options.ts';
import { DetectedProgress } from './progress/detected-progress.ts';
import { RESULT_SCHEMA, toOutcome } from './result.ts';
import { refuseUnlisted } from './rules/allow-list.ts';
import { RUN_INPUT, type RunInput } from './run-input.ts';

const TICK_MS = 100;

type CommandSettings = Settings<typeof OPTIONS>;

/** The tool `run`: checks, runs, tells meanwhile, and answers when nothing of the command is left. */
export function runTool(settings: CommandSettings) {
  let running = 0;
  return defineTool({
    name: 'run',
    title: 'Run a command',
    description: describe(settings),
    input: RUN_INPUT,
    output: RESULT_SCHEMA,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    isLong: true,
    async run(input, work) {
      const cwd = folderOf(input, settings);
      const limit = settings['max-concurrent'];
      if (running >= limit)
        throw new Refusal(
          `${limit} commands run already, which is the limit (--max-concurrent). Try again when one has ended.`,
        );
      running++;
      try {
        return await runCommand(input, cwd, settings, work);
      } finally {
        running--;
      }
    },
  });
}

function folderOf(input: RunInput, { folder, allow }: CommandSettings): string {
  const resolved = resolveFolder(input.cwd, folder);
  if ('refused' in resolved) throw new Refusal(resolved.refused);
  const refusal = allow.length === 0 ? undefined : refuseUnlisted(input.command, allow);
  if (refusal !== undefined) throw new Refusal(refusal);
  return resolved.path;
}

async function runCommand(input: RunInput, cwd: string, settings: CommandSettings, work: Work) {
  const output = new RunOutput();
  const detected = new DetectedProgress();
  const run = startProcess({
    file: '/bin/sh',
    args: ['-c', input.command],
    cwd,
    env: input.env ?? {},
    graceMs: settings['grace-ms'],
    onOutput: (stream, bytes) => output.add(stream, bytes),
  });
  let hasTimedOut = false;
  const onTimeout = () => {
    hasTimedOut = true;
    run.stop();
  };
  if (work.signal.aborted) run.stop();
  work.signal.addEventListener('abort', run.stop);
  const timeout = input.timeoutMs === undefined ? undefined : setTimeout(onTimeout, input.timeoutMs);

  const tell = () => {
    const lines = output.batch();
    if (lines !== undefined) work.output(`${lines}\n`);
    for (const progress of detected.read(output.newestLines())) work.progress(progress);
  };
  const ticking = setInterval(tell, TICK_MS);
  try {
    const outcome = await run.outcome;
    const kept = output.finish();
    tell();
    const reason = hasTimedOut ? 'timeout' : work.stopReason;
    return toOutcome(outcome, kept, { ...(reason && { reason }), timeoutMs: input.timeoutMs ?? 0 });
  } catch (error) {
    // Only the code: the message of a failed spawn can hold the environment.
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Refusal(`The command could not be run: ${code}`);
  } finally {
    clearInterval(ticking);
    clearTimeout(timeout);
    work.signal.removeEventListener('abort', run.stop);
  }
}

function describe({ folder, allow }: CommandSettings): string {
  const where =
    folder.length === 0 ? 'No folder is configured, so every call is refused.' : folder.join(', ');
  const which =
    allow.length > 0
      ? ` Allowed programs: ${allow.join(', ')}; no variables, redirections or substitutions.`
      : '';
  return (
    'Runs a shell command and answers with its exit status and output when it is over. It may take long: progress ' +
    'is reported, it can be cancelled, and nothing of it is left afterwards, background processes included. ' +
    `Non-interactive, stdin is empty. Folders: ${where}${which}`
  );
}
