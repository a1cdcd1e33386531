import { type ProcessOutcome, startProcess } from '../../runtime/process/start-process.ts';
import { fillTemplate } from '../agents/template.ts';
import { AGENT_ENV, type Drive, type DriveEnd, NO_PROCESS } from './drive.ts';
import { IdleWatch } from './idle-watch.ts';
import { type Prompt, PromptWatch } from './prompt-watch.ts';
import { TemplateOutput } from './template-output.ts';

/** Runs an agent that takes its task as an argument, until its program has ended. Nobody can type anything to it. */
export async function driveTemplate(drive: Drive): Promise<DriveEnd> {
  const { agent, limits, stop } = drive;
  const [file, ...args] = fillTemplate(agent.words, drive.task);
  const output = new TemplateOutput(drive.work);
  let ended: Ended | undefined;
  const end = (why: Ended) => {
    ended ??= why;
    running.stop();
  };
  const idle = new IdleWatch(limits.idleMs, () => end('idle'));
  const prompt = new PromptWatch(limits.promptMs, (line) => end({ line }));
  const running = startProcess({
    ...{ file: file!, args, cwd: drive.workspace, env: AGENT_ENV, graceMs: limits.graceMs },
    onOutput(stream, bytes) {
      prompt.add(output.add(stream, bytes));
      idle.alive();
    },
  });
  if (running.pid !== undefined) drive.onStart(running.pid);
  const onStop = () => end('stopped');
  stop.addEventListener('abort', onStop, { once: true });
  const outcome = await running.outcome.catch((error: NodeJS.ErrnoException) => error);
  stop.removeEventListener('abort', onStop);
  idle.close();
  prompt.close();
  const { failure, ...told } = output.finish();
  if (outcome instanceof Error) return notStarted(file!, outcome);
  const { exitStatus, signal, durationMs, tree } = outcome;
  const judgement = judge(ended, outcome, failure, limits.idleMs);
  return { exitStatus, signal, durationMs, tree, ...told, permissions: [], ...judgement };
}

type Ended = 'stopped' | 'idle' | { readonly line: Prompt['line'] };

function judge(
  ended: Ended | undefined,
  { exitStatus, signal }: ProcessOutcome,
  failure: string | undefined,
  idleMs: number,
): Pick<DriveEnd, 'outcome' | 'why' | 'stoppedBy'> {
  if (ended === 'stopped') return { outcome: 'stopped', stoppedBy: 'processes' };
  if (ended === 'idle')
    return { outcome: 'idle', why: `It put out nothing for ${idleMs / 1_000} s (--idle-ms) and was ended.` };
  if (ended !== undefined)
    return {
      outcome: 'waiting',
      why: `It waited for somebody to type, which nobody can here, and was ended. The line it waited at: ${ended.line}`,
    };
  if (failure !== undefined) return { outcome: 'failed', why: `It says that it failed: ${failure}` };
  if (exitStatus === 0) return { outcome: 'finished' };
  const how = signal === null ? `exit status ${exitStatus}` : `it was ended by ${signal}`;
  return { outcome: 'failed', why: `Its program failed: ${how}.` };
}

/** Only the code: the message of a failed start can hold the whole command. */
export function notStarted(program: string, { code }: NodeJS.ErrnoException): DriveEnd {
  const reasons: Record<string, string> = {
    ENOENT: 'it is not installed',
    EACCES: 'it may not be executed',
    E2BIG: 'the task is too long for an argument',
  };
  const why = `${program} could not be started: ${reasons[code ?? ''] ?? code ?? 'unknown error'}.`;
  return { ...NO_PROCESS, outcome: 'failed', why };
}
