import { setTimeout as sleep } from 'node:timers/promises';
import { client, methods } from '@agentclientprotocol/sdk';
import { toMessage } from '../../runtime/output/clean.ts';
import { RunOutput } from '../../runtime/output/run-output.ts';
import { type ProcessOutcome, startProcess } from '../../runtime/process/start-process.ts';
import { Conversation, type Said } from './acp/conversation.ts';
import { Frames, streamOf } from './acp/frames.ts';
import { PermissionDesk } from './acp/permission-desk.ts';
import { NOTHING_TOLD, progressOf, readUpdate } from './acp/updates.ts';
import { AGENT_ENV, type Drive, type DriveEnd } from './drive.ts';
import { notStarted } from './drive-template.ts';
import { IdleWatch } from './idle-watch.ts';
import { LastWords } from './last-words.ts';
import { tellMeanwhile } from './telling.ts';

/** How long a program may take to end by itself after its turn, once its stdin is closed. */
const CLOSE_MS = 1_000;

/** Sets an agent to work over the Agent Client Protocol, until its turn and its program have ended. */
export async function driveAcp(drive: Drive): Promise<DriveEnd> {
  const { agent, limits, work, stop } = drive;
  const [file, ...args] = agent.words;
  const output = new RunOutput();
  const words = new LastWords();
  let told = NOTHING_TOLD;
  let isInLine = false;
  const log = (text: string) => {
    output.add('stdout', Buffer.from(text));
    isInLine = !text.endsWith('\n');
  };
  const logLine = (line: string) => log(isInLine ? `\n${line}` : line);
  const { promise: wentIdle, resolve: onIdle } = Promise.withResolvers<'idle'>();
  const idle = new IdleWatch(limits.idleMs, () => onIdle('idle'));
  const frames = new Frames((line) => logLine(`${line}\n`));
  const running = startProcess({
    ...{ file: file!, args, cwd: drive.workspace, env: AGENT_ENV, graceMs: limits.graceMs, stdin: 'open' },
    onOutput(stream, bytes) {
      idle.alive();
      if (stream === 'stdout') frames.push(bytes);
      else output.add('stderr', bytes);
    },
  });
  const desk = new PermissionDesk(drive, idle);
  const telling = tellMeanwhile(output, work, (lines) => work.progress(progressOf(told.plan, lines.at(-1)!)));
  const finish = () => {
    idle.close();
    return { output: telling.finish(), lastWords: words.take(), permissions: desk.records };
  };
  const outcome = running.outcome.catch((error: NodeJS.ErrnoException) => error);
  if (running.pid === undefined || running.stdin === undefined) {
    finish();
    return notStarted(file!, (await outcome) as NodeJS.ErrnoException);
  }
  drive.onStart(running.pid);

  const app = client({ name: 'meanwhile-agent' })
    .onRequest(methods.client.session.requestPermission, ({ params }) => desk.answer(params))
    .onNotification(methods.client.session.update, ({ params }) => {
      const reading = readUpdate(told, params.update);
      told = reading.told;
      if (reading.progress) work.progress(reading.progress);
      if (reading.line !== undefined) logLine(reading.line);
      if (reading.text === undefined) return void (reading.line !== undefined && words.pause());
      words.add(reading.text);
      log(reading.text);
    });
  const connection = app.connect(streamOf(frames, running.stdin));
  const conversation = new Conversation(connection.agent, drive);
  const said = conversation.hold();
  const exited = outcome.then(() => 'exited' as const);
  const first = await Promise.race([said, exited, wentIdle, aborted(stop)]);
  const second =
    first === 'stop' ? await stopByProtocol(conversation, [said, exited], limits.graceMs) : first;

  running.stdin.end();
  if (typeof second === 'object' && 'stopReason' in second) await Promise.race([outcome, pause(CLOSE_MS)]);
  running.stop();
  const ended = (await outcome) as ProcessOutcome;
  frames.end();
  connection.close();
  const { exitStatus, signal, durationMs, tree } = ended;
  const base = { ...finish(), exitStatus, signal, durationMs, tree };
  const stopReason = typeof second === 'object' && 'stopReason' in second ? second.stopReason : undefined;
  return {
    ...base,
    ...(stopReason !== undefined && { stopReason }),
    ...(first === 'stop'
      ? { outcome: 'stopped', stoppedBy: typeof second === 'object' ? 'protocol' : 'processes' }
      : judge(first, ended, base.output.text, limits.idleMs)),
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
  { exitStatus, signal }: ProcessOutcome,
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
