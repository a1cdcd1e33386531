import { setTimeout as sleep } from 'node:timers/promises';
import { client, methods } from '@agentclientprotocol/sdk';
import { toMessage } from '../../runtime/output/clean.ts';
import { type ProcessOutcome, startProcess } from '../../runtime/process/start-process.ts';
import { Conversation, type Said } from './acp/conversation.ts';
import { Frames, streamOf } from './acp/frames.ts';
import { PermissionDesk } from './acp/permission-desk.ts';
import { Transcript } from './acp/transcript.ts';
import { AGENT_ENV, type Drive, type DriveEnd } from './drive.ts';
import { notStarted } from './drive-template.ts';
import { IdleWatch } from './idle-watch.ts';

/** How long a program may take to end by itself after its turn, once its stdin is closed. */
const CLOSE_MS = 1_000;

/** Sets an agent to work over the Agent Client Protocol, until its turn and its program have ended. */
export async function driveAcp(drive: Drive): Promise<DriveEnd> {
  const { agent, limits, stop } = drive;
  const [file, ...args] = agent.words;
  const transcript = new Transcript(drive.work);
  const { promise: wentIdle, resolve: onIdle } = Promise.withResolvers<'idle'>();
  const idle = new IdleWatch(limits.idleMs, () => onIdle('idle'));
  const frames = new Frames((line) => transcript.line(`${line}\n`));
  const running = startProcess({
    ...{ file: file!, args, cwd: drive.workspace, env: AGENT_ENV, graceMs: limits.graceMs, stdin: 'open' },
    onOutput(stream, bytes) {
      idle.alive();
      if (stream === 'stdout') frames.push(bytes);
      else transcript.stderr(bytes);
    },
  });
  const outcome = running.outcome.catch((error: NodeJS.ErrnoException) => error);
  if (running.pid === undefined || running.stdin === undefined) {
    idle.close();
    transcript.finish();
    return notStarted(file!, (await outcome) as NodeJS.ErrnoException);
  }
  drive.onStart(running.pid);

  const desk = new PermissionDesk(drive, idle);
  const connection = client({ name: 'meanwhile-agent' })
    .onRequest(methods.client.session.requestPermission, ({ params }) => desk.answer(params))
    .onNotification(methods.client.session.update, ({ params }) => transcript.update(params.update))
    .connect(streamOf(frames, running.stdin));
  const conversation = new Conversation(connection.agent, drive);
  const ends = [conversation.hold(), outcome.then(() => 'exited' as const)];
  const first = await Promise.race([...ends, wentIdle, aborted(stop)]);
  const last = first === 'stop' ? await stopByProtocol(conversation, ends, limits.graceMs) : first;
  const said = typeof last === 'object' ? last : undefined;
  const stopReason = said && 'stopReason' in said ? said.stopReason : undefined;

  running.stdin.end();
  if (stopReason !== undefined) await Promise.race([outcome, pause(CLOSE_MS)]);
  running.stop();
  const { exitStatus, signal, durationMs, tree } = (await outcome) as ProcessOutcome;
  idle.close();
  frames.end();
  connection.close();
  const told = transcript.finish();
  const judgement: Pick<DriveEnd, 'outcome' | 'why' | 'stoppedBy'> =
    first === 'stop'
      ? { outcome: 'stopped', stoppedBy: said === undefined ? 'processes' : 'protocol' }
      : judge(first, { exitStatus, signal }, told.output.text, limits.idleMs);
  return {
    ...{ exitStatus, signal, durationMs, tree, ...told, permissions: desk.records },
    ...(stopReason !== undefined && { stopReason }),
    ...judgement,
  };
}

type Step = Said | 'exited' | 'idle' | 'stop' | 'late';

/** Asks it to stop, and waits as long as the grace for its answer. */
async function stopByProtocol(
  conversation: Conversation,
  ends: readonly Promise<Said | 'exited'>[],
  graceMs: number,
): Promise<Step> {
  if (!(await conversation.cancel())) return 'late';
  return Promise.race([...ends, pause(graceMs).then(() => 'late' as const)]);
}

function judge(
  first: Exclude<Step, 'stop'>,
  { exitStatus, signal }: Pick<ProcessOutcome, 'exitStatus' | 'signal'>,
  output: string,
  idleMs: number,
): Pick<DriveEnd, 'outcome' | 'why'> {
  if (first === 'idle' || first === 'late')
    return {
      outcome: 'idle',
      why: `Nothing came from it for ${idleMs / 1_000} s (--idle-ms), so it was ended.`,
    };
  if (first !== 'exited')
    return first.why === undefined ? { outcome: 'finished' } : { outcome: 'failed', why: first.why };
  const how = signal === null ? `exit status ${exitStatus}` : signal;
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const last = line === '' ? '' : ` The last it put out: ${toMessage(line)}`;
  return { outcome: 'failed', why: `Its program ended in the middle of the work (${how}).${last}` };
}

function aborted(signal: AbortSignal): Promise<'stop'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('stop');
    else signal.addEventListener('abort', () => resolve('stop'), { once: true });
  });
}

const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });
