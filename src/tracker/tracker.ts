import { type Clock, isoNow } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import { usualDuration } from '../base/usual-duration.ts';
import type { Store, Unnumbered, Write } from '../store/ports.ts';
import type { Ending, Handle, Report } from '../task/report.ts';
import type { Task } from '../task/task.ts';
import { frameWriter } from './frame-writer.ts';
import { firstMarker, hasEnded, judge, type Verdict } from './judge.ts';
import { persist } from './persist.ts';

type Marker = Unnumbered<Task>;

/** Reports that are coalesced into frames: the newest state counts, not each step to it. */
const COALESCED = ['progressed', 'alive', 'told', 'contact_lost', 'contact_back'] as const;

type Coalesced = Extract<Report, { type: (typeof COALESCED)[number] }>;

const isCoalesced = (report: Report): report is Coalesced =>
  (COALESCED as readonly Report['type'][]).includes(report.type);

/** How many of a tool's own runs the usual duration is taken from. */
const RUNS_REMEMBERED = 50;

/**
 * The one writer of tasks. Progress, signs of life and log lines are coalesced into frames and return at
 * once; a start, a request to stop, an end and a delivery are on disk when the promise settles.
 */
export interface Tracker {
  /**
   * Notes a report, and writes `alongside` in the same commit.
   * An end that cannot be saved (a full disk) is tried again until it is; a start that cannot be saved is
   * refused with the store's error, so that no work begins unrecorded.
   * @returns why nothing was noted, or `ok`
   * @throws {AppError} `task_not_found`, or the store's error for anything but an end; for an end only when what is
   *   written alongside is refused
   */
  note(report: Report, alongside?: readonly Write[]): Promise<Verdict>;
  /** The newest state of a task that is active, coalesced progress included. */
  current(taskId: string): Marker | undefined;
  /** Takes up the tasks that a run before this one left active. */
  adopt(tasks: readonly Task[]): void;
  /**
   * Looks again at what is active: others have taken this host for gone, and ended or taken over what it worked on.
   */
  refresh(): Promise<void>;
  /** Writes what is still in memory. */
  close(): Promise<void>;
}

export function createTracker(store: Store, clock: Clock, log: Logger): Tracker {
  const active = new Map<string, Marker>();
  const frames = frameWriter({ store, clock, log, current: (id) => active.get(id) });

  async function start(report: Extract<Report, { type: 'started' }>, alongside: readonly Write[]) {
    const { server, tool } = report.task.source;
    const expected =
      server === undefined || tool === undefined
        ? undefined
        : usualDuration(await store.tasks.durations(server, tool, RUNS_REMEMBERED));
    const task = firstMarker(
      expected === undefined ? report.task : { ...report.task, expected },
      isoNow(clock),
    );
    await store.writer.commit([{ type: 'task', task, handle: report.handle }, ...alongside], 'durable');
    active.set(task.id, task);
    frames.log(task.id, [{ kind: 'status', text: 'Started' }]);
    return { ok: true, task } as const;
  }

  async function settle(
    report: Exclude<Report, Coalesced | { type: 'started' | 'logged' | 'handled' }>,
    alongside: readonly Write[],
  ): Promise<Verdict> {
    const before = active.get(report.taskId) ?? (await store.tasks.get(report.taskId));
    if (before === undefined) throw new AppError('task_not_found', `There is no task ${report.taskId}.`);
    const verdict = judge(before, report, isoNow(clock));
    if (!verdict.ok) return verdict;
    const { task } = verdict;
    if (active.has(task.id)) active.set(task.id, task);
    frames.settled(task.id);
    const content = report.type === 'ended' ? report.ending.content : undefined;
    const pending = frames.takeHandle(task.id);
    const next = handleAfter(report);
    const handle = next === undefined ? pending : next;
    const write: Write = { type: 'task', task, content, handle };
    const commit = () => store.writer.commit([write, ...alongside], 'durable');
    if (report.type === 'ended')
      await persist(commit, clock, log, `the end of ${task.id}`).catch((error) => {
        if (active.has(task.id)) active.set(task.id, before);
        throw error;
      });
    else
      await commit().catch((error) => {
        // A request that was refused has not been made. What came in meanwhile stays.
        const newest = active.get(task.id);
        if (newest !== undefined)
          active.set(task.id, {
            ...newest,
            cancel: before.cancel,
            status: before.status,
            input: before.input,
          });
        throw error;
      });
    if (hasEnded(task.status)) active.delete(task.id);
    frames.log(task.id, describe(report, task));
    return verdict;
  }

  async function handled(report: Extract<Report, { type: 'handled' }>): Promise<Verdict> {
    const { taskId, handle, durably } = report;
    const task = active.get(taskId) ?? (durably === true ? await store.tasks.get(taskId) : undefined);
    if (task === undefined) return { ok: false, reason: 'already_ended' };
    if (durably === true) {
      frames.takeHandle(taskId);
      await store.writer.commit([{ type: 'task', task, handle }], 'durable');
    } else frames.handle(taskId, handle);
    return { ok: true, task };
  }

  return {
    async note(report, alongside = []) {
      if (report.type === 'started') return start(report, alongside);
      if (report.type === 'logged') {
        frames.log(report.taskId, report.lines);
        const task = active.get(report.taskId);
        return task === undefined ? { ok: false, reason: 'already_ended' } : { ok: true, task };
      }
      if (report.type === 'handled') {
        return handled(report);
      }
      if (!isCoalesced(report)) return settle(report, alongside);
      const before = active.get(report.taskId);
      if (before === undefined) return { ok: false, reason: 'already_ended' };
      const verdict = judge(before, report, isoNow(clock));
      if (verdict.ok) {
        active.set(report.taskId, verdict.task);
        frames.touch(report.taskId);
        frames.log(report.taskId, describe(report, verdict.task, before));
      }
      return verdict;
    },
    current: (taskId) => active.get(taskId),
    adopt(tasks) {
      for (const task of tasks) active.set(task.id, task);
    },
    async refresh() {
      for (const id of [...active.keys()]) {
        const [task, host] = await Promise.all([store.tasks.get(id), store.tasks.hostOf(id)]);
        const isOurs = host === (store.hosts?.id ?? '');
        if (task === undefined || hasEnded(task.status) || !isOurs) active.delete(id);
      }
    },
    close: () => frames.close(),
  };
}

/** An end takes the handle away, unless the end may still be learned. */
function handleAfter(report: Report): Handle | null | undefined {
  if (report.type === 'asked') return report.handle;
  if (report.type !== 'ended') return undefined;
  return mayBeLearned(report.ending) ? undefined : null;
}

const mayBeLearned = ({ status, forGood }: Ending): boolean => status === 'lost' && forGood !== true;

function describe(report: Report, task: Marker, before?: Marker): { kind: 'status'; text: string }[] {
  const line = (text: string) => [{ kind: 'status' as const, text }];
  switch (report.type) {
    case 'cancel_requested':
      return line(`Asked to stop by ${report.by}`);
    case 'cancel_noted':
      return line(report.note);
    case 'told':
      return task.statusMessage === before?.statusMessage ? [] : line(report.message);
    case 'asked':
      return line(`Asks: ${report.question.message}`);
    case 'answered':
      return line(ANSWERED[report.action]);
    case 'withdrawn':
      return line(report.why);
    case 'contact_lost':
      return before?.contactLost === undefined ? line(report.note) : [];
    case 'contact_back':
      return before?.contactLost === undefined ? [] : line('Found again');
    case 'ended':
      return line(`Ended: ${task.status}${task.failure ? `. ${task.failure.message}` : ''}`);
    default:
      return [];
  }
}

const ANSWERED = { accept: 'Answered', decline: 'Declined to answer', cancel: 'Put away without an answer' };
