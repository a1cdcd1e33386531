import type { Assignment } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import { isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Logger } from '../../../base/log.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import { assignmentWrite } from './after-run.ts';
import { isTemplate, sentStep } from './fill-step.ts';
import { withGlance } from './glance.ts';
import { isForAssistant } from './new-run.ts';
import { type PerformedRun, type Performing, performRun } from './perform-run.ts';

const RETRY_MS = 1_000;
/** So long a run that lacks its server here is left to other hosts. */
const ELSEWHERE_MS = 10_000;

/** Begins the runs that the queue hands out, and knows which go on here. */
export interface Runner {
  perform(run: Run): Promise<'performed' | 'left'>;
  /** Goes on with a run that an earlier start of the host began; settles when it has ended or waits again. */
  resume(run: Run): Promise<void>;
  byTask(taskId: string): PerformedRun | undefined;
  /** Leaves all that goes on: another host has taken it over, and what it would still write is refused. */
  letGo(): void;
  /** Leaves all that goes on; the next start goes on with it. */
  close(): Promise<void>;
}

export function createRunner(
  parts: Performing & {
    readonly log: Logger;
    /** Whether new runs may begin now. Those that go on go on. */
    readonly mayBegin?: () => boolean;
  },
): Runner {
  const { store, tracker, keeper, ports, clock, log, mayBegin = () => true } = parts;
  const performed = new Map<string, PerformedRun>();
  const pausing = new Set<() => void>();
  const resumed = new Set<Promise<void>>();
  let isClosing = false;

  /** A fault in the middle (a disk that is full) must not leave a run that goes on for ever: it is taken up again. */
  async function follow(
    assignment: Assignment,
    begun: Unnumbered<Run>,
    planned?: Run['steps'],
  ): Promise<void> {
    for (let run: Unnumbered<Run> | undefined = begun; run?.state === 'running' && !isClosing; ) {
      const taskId = run.taskId ?? '';
      const work = performRun(parts, assignment, run, run === begun ? planned : undefined);
      performed.set(taskId, work);
      try {
        return void (await work.done);
      } catch (error) {
        if (isClosing || isOver(error)) return; // whoever has it goes on with it, or the next start
        log.warn({ err: error, run: run.id }, 'a run was interrupted by a fault; it is taken up again');
        await pause(RETRY_MS);
        run = await store.runs.get(run.id);
      } finally {
        performed.delete(taskId);
      }
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        callOff();
        pausing.delete(wake);
        resolve();
      };
      const callOff = clock.after(ms, wake);
      pausing.add(wake);
    });
  }

  /** Why a run does not begin now, or what it begins as. */
  async function begin(run: Run): Promise<{ assignment: Assignment; begun: Unnumbered<Run> } | undefined> {
    return keeper.alone(run.assignmentId, async () => {
      const kept = await store.assignments.get(run.assignmentId);
      if (kept === undefined || isCalledOff(kept, run)) {
        await skip(kept, run);
        return undefined;
      }
      const now = isoNow(clock);
      const taskId = run.taskId ?? newId('task');
      const assignment = await withSession(kept);
      const running = { ...run, state: 'running' as const, startedAt: run.startedAt ?? now, taskId };
      const begun: Unnumbered<Run> = { ...running, steps: withFirstSent(assignment, running, now) };
      const writes = [
        { type: 'run' as const, run: begun, expects: ['waiting'] as const },
        assignmentWrite(withGlance({ ...assignment, updatedAt: now }, begun), kept),
      ];
      // A later try goes on under the task of the first.
      if (run.taskId !== undefined) {
        await store.writer.commit(writes, 'durable');
        await adopt(run.taskId);
      } else await tracker.note({ type: 'started', task: taskOf(assignment, begun, taskId) }, writes);
      return { assignment, begun };
    });
  }

  /** The try before was made by another host. */
  async function adopt(taskId: string): Promise<void> {
    const task = tracker.current(taskId) === undefined ? await store.tasks.get(taskId) : undefined;
    if (task !== undefined && task.endedAt === undefined) tracker.adopt([task]);
  }

  /** What would be told in a chat that was deleted is told in a new one. */
  async function withSession(assignment: Assignment): Promise<Assignment> {
    const session = await store.sessions.get(assignment.sessionId);
    if (session !== undefined && session.deletedAt === undefined) return assignment;
    return { ...assignment, sessionId: await ports.newSession(assignment.title), ownsSession: true };
  }

  /** @param assignment missing where it is not kept any more */
  async function skip(assignment: Assignment | undefined, run: Run): Promise<void> {
    const now = isoNow(clock);
    const why = assignment === undefined ? 'forgotten' : (CALLED_OFF[assignment.state] ?? 'paused');
    const note = `It was ${why} before this could begin.`;
    const skipped: Unnumbered<Run> = { ...run, state: 'skipped', skipReason: 'paused', note, endedAt: now };
    const writes = [
      { type: 'run' as const, run: skipped, expects: ['waiting'] as const },
      ...(assignment ? [assignmentWrite(withGlance(assignment, skipped), assignment)] : []),
    ];
    if (run.taskId === undefined) await store.writer.commit(writes, 'durable');
    else
      await tracker.note(
        { type: 'ended', taskId: run.taskId, ending: { status: 'cancelled', statusMessage: note } },
        writes,
      );
  }

  return {
    async perform(run) {
      if (isClosing || !mayBegin() || isBetterElsewhere(run)) return 'left';
      if (await isBehindAnother(run)) return 'left';
      let started: Awaited<ReturnType<typeof begin>>;
      try {
        started = await begin(run);
      } catch (error) {
        if (error instanceof AppError && error.code === 'run_taken') return 'performed'; // by another host
        throw error;
      }
      if (started !== undefined) await follow(started.assignment, started.begun, run.steps);
      return 'performed';
    },
    resume(run) {
      const work = goOnWith(run).finally(() => resumed.delete(work));
      resumed.add(work);
      return work;
    },
    byTask: (taskId) => performed.get(taskId),
    letGo: stopAll,
    async close() {
      isClosing = true;
      stopAll();
      for (const wake of pausing) wake();
      await Promise.all([...performed.values()].map(({ done }) => done.catch(() => {})));
      await Promise.all([...resumed].map((work) => work.catch(() => {})));
    },
  };

  function stopAll(): void {
    for (const work of performed.values()) work.stop('shutdown');
  }

  async function goOnWith(run: Run): Promise<void> {
    const assignment = await store.assignments.get(run.assignmentId);
    if (assignment !== undefined) await follow(assignment, run);
  }

  /** Another host may have the server that this one lacks; it has a moment to take the run. */
  function isBetterElsewhere({ steps, notBefore }: Run): boolean {
    const next = steps.find(({ state }) => state === 'pending');
    if (next === undefined || isForAssistant(next.call) || (store.hosts?.here().length ?? 1) < 2)
      return false;
    if (clock.now() - Date.parse(notBefore) > ELSEWHERE_MS) return false;
    return ports.problemOf(next.call.server, next.call.tool) !== undefined;
  }

  /** With `queue`, one run of an assignment goes on at a time, in the order in which they were fired. */
  async function isBehindAnother(run: Run): Promise<boolean> {
    const assignment = await store.assignments.get(run.assignmentId);
    if (assignment?.rules.overlap !== 'queue') return false;
    const [first] = await store.runs.active(run.assignmentId);
    return first !== undefined && first.id !== run.id;
  }
}

/** What a person starts begins in any case; the rest only while the assignment is on, or was to fire just once. */
function isCalledOff({ state }: Assignment, { cause, attempt }: Run): boolean {
  if (cause.type === 'person') return false;
  return state === 'paused' || state === 'removed' || (state === 'disabled' && attempt === 1);
}

/** Its first step is kept as sent in the commit in which it begins: one look at the disk less. */
function withFirstSent(assignment: Assignment, run: Unnumbered<Run>, now: string): Run['steps'] {
  const [first, ...rest] = run.steps;
  if (first?.state !== 'pending' || isTemplate(first)) return run.steps;
  const sent = sentStep(first, assignment, run, [], now, []);
  return 'problem' in sent ? run.steps : [sent, ...rest];
}

const CALLED_OFF: Partial<Record<Assignment['state'], string>> = {
  removed: 'deleted',
  disabled: 'turned off',
};

/** We are to stop, or another host has taken the run over. */
const isOver = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'shutting_down' || error.code === 'run_taken');

const taskOf = (assignment: Assignment, run: Unnumbered<Run>, taskId: string) => ({
  id: taskId,
  title: assignment.title,
  source: { type: 'assignment' as const, assignmentId: assignment.id },
  sessionId: assignment.sessionId,
  cancel: { support: 'request' as const },
  startedAt: run.startedAt ?? run.createdAt,
});
