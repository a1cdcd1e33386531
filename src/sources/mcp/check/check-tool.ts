import type { Clock } from '../../../base/clock.ts';
import type { Tool } from '../../../store/records.ts';
import type { OpenConnection, ServerLink } from '../drivers/driver.ts';
import { StdioGroupTransport } from '../transport/stdio-group-transport.ts';
import type { Checklist } from './checklist.ts';
import { secondsOf } from './checklist.ts';
import { type WatchedRun, watchRun } from './watched-run.ts';

const RUN_MS = 20_000;
const STOP_MS = 15_000;
const QUIET_MS = 500;
/** A run that is over so soon cannot be stopped in the middle. */
const TOO_QUICK_MS = 400;

interface Subject {
  readonly clock: Clock;
  readonly connection: OpenConnection;
  readonly link: ServerLink;
  /** A second connection, as the next run of the host would make it. */
  readonly reconnect: () => Promise<OpenConnection>;
  readonly tool: Tool;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Calls the test off; what runs is asked to stop. */
  readonly signal: AbortSignal;
}

/** Runs a tool twice, once to its end and once to stop it in the middle, and says what was seen. */
export async function checkTool(subject: Subject, list: Checklist): Promise<void> {
  const before = processesOf(subject.connection);
  const first = watchRun(subject);
  const tookMs = await checkRun(subject, first, list);
  if (subject.signal.aborted) return;
  if (tookMs !== undefined && tookMs < TOO_QUICK_MS)
    list.skipped('stops when asked', `It is done after ${secondsOf(tookMs)}, too soon to be stopped.`);
  else await checkStop(subject, tookMs === undefined ? first : undefined, list);
  await checkLeft(subject, before, list);
}

async function checkRun({ clock, link, reconnect }: Subject, run: WatchedRun, list: Checklist) {
  const ending = await run.endWithin(RUN_MS);
  const tookMs = clock.now() - run.startedMs;
  if (ending === undefined) list.ok('runs', `Still at work after ${secondsOf(tookMs)}.`);
  else if (ending.status === 'completed') list.ok('runs', `Completed after ${secondsOf(tookMs)}.`);
  else
    list.warning(
      'runs',
      `Ended as ${ending.status}: ${ending.failure?.message ?? ending.statusMessage ?? ''}`,
    );
  if (run.progress > 0)
    list.ok('reports progress', `${run.progress} times, ${run.totals ? 'with totals' : 'without totals'}.`);
  else if (run.words) list.ok('reports progress', 'In words.');
  else list.warning('reports progress', 'Nothing was heard of it before its end.');
  if (run.asked) list.ok('asks', 'It asks a person; the test put the question away.');

  const { handle } = run;
  if (link.isLocal) list.skipped('survives a restart', 'No: its processes are ours, and end with Meanwhile.');
  else if (handle === undefined || handle.kind === 'round')
    list.warning('survives a restart', 'No: an answer that we miss cannot be asked for again.');
  else if (handle.kind === 'stream') list.ok('survives a restart', 'Yes: its stream can be taken up again.');
  else {
    const wire = handle.kind === 'v1' && handle.session ? await link.enterSession(handle.session) : undefined;
    try {
      const tap = wire?.tap ?? (await reconnect()).tap;
      await tap.request('tasks/get', { taskId: handle.taskId }, { timeoutMs: 10_000 });
      list.ok('survives a restart', 'Yes: the task is known on another connection.');
    } catch (error) {
      list.warning('survives a restart', `No: asked for on another connection, ${(error as Error).message}`);
    } finally {
      await wire?.close();
    }
  }
  return ending === undefined ? undefined : tookMs;
}

async function checkStop(subject: Subject, running: WatchedRun | undefined, list: Checklist): Promise<void> {
  const { clock } = subject;
  const run = running ?? watchRun(subject);
  await Promise.race([run.underWay, new Promise<void>((resolve) => clock.after(QUIET_MS, resolve))]);
  const askedMs = clock.now();
  run.running.cancel();
  const ending = await run.endWithin(STOP_MS);
  const after = secondsOf(clock.now() - askedMs);
  const what = 'stops when asked';
  if (ending === undefined) {
    run.running.leave();
    return list.failed(what, `Asked to stop, it still goes on after ${after}.`);
  }
  if (ending.cancelAnswer === 'stopped') return list.ok(what, `Yes, confirmed after ${after}.`);
  if (ending.status === 'cancelled')
    return list.warning(what, `Not known: it did not confirm it, and nothing more was heard (${after}).`);
  list.warning(what, `No: it ended as ${ending.status} ${after} after it was asked.`);
}

/** A stopped run may take a moment to be rid of its processes. */
async function checkLeft({ clock, connection }: Subject, before: number | undefined, list: Checklist) {
  const what = 'leaves processes';
  if (before === undefined) return list.skipped(what, 'Its processes are not on this machine, or not ours.');
  for (let look = 0; look < 10; look++) {
    if ((processesOf(connection) ?? 0) <= before) return list.ok(what, 'None.');
    await new Promise<void>((resolve) => clock.after(200, resolve));
  }
  const more = (processesOf(connection) ?? 0) - before;
  list.warning(what, `${more} more than before its runs; they are ended with the server.`);
}

const processesOf = ({ transport }: OpenConnection): number | undefined =>
  transport instanceof StdioGroupTransport ? transport.countProcesses() : undefined;
