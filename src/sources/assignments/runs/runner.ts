import type { Assignment } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import { isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import { assignmentWrite } from './after-run.ts';
import { withGlance } from './glance.ts';
import { type PerformedRun, type Performing, performRun } from './perform-run.ts';

/** Begins the runs that the queue hands out, and knows which go on here. */
export interface Runner {
  perform(run: Run): Promise<'performed' | 'left'>;
  /** Goes on with a run that an earlier start of the host began. */
  resume(run: Run): Promise<void>;
  byTask(taskId: string): PerformedRun | undefined;
  /** Leaves all that goes on; the next start goes on with it. */
  close(): Promise<void>;
}

export function createRunner(parts: Performing): Runner {
  const { store, tracker, keeper, clock } = parts;
  const performed = new Map<string, PerformedRun>();
  let isClosing = false;

  async function follow(assignment: Assignment, begun: Unnumbered<Run>): Promise<void> {
    const taskId = begun.taskId ?? '';
    const work = performRun(parts, assignment, begun);
    performed.set(taskId, work);
    try {
      await work.done;
    } finally {
      performed.delete(taskId);
    }
  }

  /** Why a run does not begin now, or what it begins as. */
  async function begin(run: Run): Promise<{ assignment: Assignment; begun: Unnumbered<Run> } | undefined> {
    return keeper.alone(run.assignmentId, async () => {
      const assignment = await store.assignments.get(run.assignmentId);
      if (assignment === undefined) return undefined;
      if (isCalledOff(assignment, run)) {
        await skip(assignment, run);
        return undefined;
      }
      const now = isoNow(clock);
      const taskId = run.taskId ?? newId('task');
      const begun: Unnumbered<Run> = {
        ...run,
        state: 'running',
        startedAt: run.startedAt ?? now,
        taskId,
      };
      const writes = [
        { type: 'run' as const, run: begun, expects: ['waiting'] as const },
        assignmentWrite(withGlance({ ...assignment, updatedAt: now }, begun)),
      ];
      // A later try goes on under the task of the first.
      if (run.taskId !== undefined) await store.writer.commit(writes, 'durable');
      else await tracker.note({ type: 'started', task: taskOf(assignment, begun, taskId) }, writes);
      return { assignment, begun };
    });
  }

  async function skip(assignment: Assignment, run: Run): Promise<void> {
    const now = isoNow(clock);
    const note = `It was ${assignment.state === 'removed' ? 'deleted' : 'paused'} before this could begin.`;
    const skipped: Unnumbered<Run> = { ...run, state: 'skipped', skipReason: 'paused', note, endedAt: now };
    const writes = [
      { type: 'run' as const, run: skipped, expects: ['waiting'] as const },
      assignmentWrite(withGlance(assignment, skipped)),
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
      if (isClosing) return 'left';
      if (await isBehindAnother(run)) return 'left';
      let started: Awaited<ReturnType<typeof begin>>;
      try {
        started = await begin(run);
      } catch (error) {
        if (error instanceof AppError && error.code === 'run_taken') return 'performed'; // by another host
        throw error;
      }
      if (started !== undefined) await follow(started.assignment, started.begun);
      return 'performed';
    },
    async resume(run) {
      const assignment = await store.assignments.get(run.assignmentId);
      if (assignment !== undefined) await follow(assignment, run);
    },
    byTask: (taskId) => performed.get(taskId),
    async close() {
      isClosing = true;
      for (const work of performed.values()) work.stop('shutdown');
      await Promise.all([...performed.values()].map(({ done }) => done.catch(() => {})));
    },
  };

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

const taskOf = (assignment: Assignment, run: Unnumbered<Run>, taskId: string) => ({
  id: taskId,
  title: assignment.title,
  source: { type: 'assignment' as const, assignmentId: assignment.id },
  sessionId: assignment.sessionId,
  cancel: { support: 'request' as const },
  startedAt: run.startedAt ?? run.createdAt,
});
