import { RunOutput } from '../runtime/output/run-output.ts';
import { startProcess } from '../runtime/process/start-process.ts';
import { Refusal } from '../runtime/tool.ts';
import type { Work } from '../runtime/work.ts';
import { InputDialogue } from './input/input-dialogue.ts';
import { DetectedProgress } from './progress/detected-progress.ts';
import { toOutcome } from './result.ts';
import { withheld } from './rules/environment.ts';
import { maskFor } from './rules/secrets.ts';
import type { RunInput } from './run-input.ts';
import type { CommandSettings } from './settings.ts';

const TICK_MS = 100;
const ROWS = 40;
/** On a terminal a pager would wait for keys. */
const UNPAGED = { PAGER: 'cat', GIT_PAGER: 'cat' };

/** Runs one command and tells meanwhile what it does. */
export async function runCommand(input: RunInput, cwd: string, settings: CommandSettings, work: Work) {
  const env = input.env ?? {};
  const { terminal, columns, input: inputMode = terminal ? 'ask' : 'none' } = input;
  const output = new RunOutput(maskFor(process.env, env));
  const detected = new DetectedProgress();
  const run = startProcess({
    file: settings.shell,
    args: ['-c', input.command],
    cwd,
    env: { ...withheld(process.env, settings.environment), ...(terminal && UNPAGED), ...env },
    graceMs: settings.graceMs,
    stdin: inputMode === 'ask' ? 'open' : 'nothing',
    ...(terminal && { terminal: { columns, rows: ROWS } }),
    onOutput: (stream, bytes) => output.add(stream, bytes),
  });
  const dialogue = new InputDialogue({
    run,
    work,
    output,
    mayAsk: inputMode === 'ask' && settings.input === 'ask',
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
  const ticking = setInterval(() => {
    tell();
    if (run.stdin) dialogue.tick(performance.now());
  }, TICK_MS);
  try {
    const outcome = await run.outcome;
    const kept = output.finish();
    tell();
    const { account } = dialogue;
    const refused = account.refusal === null ? undefined : 'input';
    const reason = hasTimedOut ? 'timeout' : (work.stopReason ?? refused);
    return toOutcome(outcome, kept, { reason, timeoutMs: input.timeoutMs ?? 0, input: account });
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
