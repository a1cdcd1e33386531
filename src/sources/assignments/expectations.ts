import { createHash } from 'node:crypto';
import type { Assignment } from '../../assignment/assignment.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/log.ts';
import type { Store, Write } from '../../store/ports.ts';
import type { AssignmentPorts } from '../assignment-directory.ts';
import { dueTimes } from './schedule/due/due-times.ts';

const LOOK_MS = 30_000;
const PAGE = 200;
const DAY_MS = 86_400_000;
const SCOPE = 'expected-by';

/** Says it when a result that was expected by a time of day has not come. */
export interface Expectations {
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Looks on its own clock, apart from what fires, so that a firing that does not happen is noticed too. Each day is
 * told once, also over restarts.
 */
export function createExpectations(parts: {
  store: Pick<Store, 'assignments' | 'changes' | 'notes' | 'runs' | 'writer'>;
  ports: Pick<AssignmentPorts, 'notice'>;
  clock: Clock;
  log: Logger;
}): Expectations {
  const { store, ports, clock, log } = parts;
  let callOff = () => {};
  let unfollow = () => {};
  let looking: Promise<void> | undefined;
  let isOpen = false;
  /** Those that expect something, so that nobody else is looked at. */
  const expecting = new Set<string>();

  function follow({ id, state, rules }: Assignment): void {
    if (rules.expectedBy !== undefined && (state === 'on' || state === 'disabled')) expecting.add(id);
    else expecting.delete(id);
  }

  async function followAll(): Promise<void> {
    for (let cursor: string | undefined; ; ) {
      const page = await store.assignments.list({
        states: ['on', 'disabled'],
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      });
      for (const assignment of page.assignments) follow(assignment);
      cursor = page.nextCursor;
      if (cursor === undefined) return;
    }
  }

  async function look(): Promise<void> {
    for (const id of [...expecting]) {
      const assignment = await store.assignments.get(id);
      const expectedBy = assignment?.rules.expectedBy;
      if (isOpen && assignment !== undefined && expectedBy !== undefined) await check(assignment, expectedBy);
    }
  }

  async function check(assignment: Assignment, expectedBy: string): Promise<void> {
    const deadlineMs = lastDeadline(assignment, expectedBy, clock.now());
    if (deadlineMs === undefined || !isExpected(assignment, deadlineMs)) return;
    const deadline = new Date(deadlineMs).toISOString();
    if ((await store.notes.get(SCOPE, assignment.id)) === deadline) return;
    if (await hasSucceededSince(assignment.id, deadlineMs - DAY_MS)) return;
    const { runs } = await store.runs.list({ assignmentId: assignment.id, limit: 1 });
    const last = runs[0];
    const why =
      last === undefined
        ? 'It has never run.'
        : `Its last run (${last.createdAt}) is ${last.state}${last.note ? `: ${last.note}` : '.'}`;
    const notice = await ports.notice(
      assignment.sessionId,
      `A result of “${assignment.title}” was expected by ${expectedBy} (${assignment.timeZone}), and none has come. ${why}`,
    );
    // Said again, by another host or after a kill in between, it is the same message.
    const once = notice.map((write) => sameMessage(write, `${assignment.id} ${deadline}`));
    if (once.length > 0) await store.writer.commit(once, 'durable');
    await store.notes.put(SCOPE, assignment.id, deadline);
  }

  async function hasSucceededSince(assignmentId: string, sinceMs: number): Promise<boolean> {
    const { runs } = await store.runs.list({ assignmentId, states: ['completed'], limit: 1 });
    const [newest] = runs;
    return newest?.endedAt !== undefined && Date.parse(newest.endedAt) > sinceMs;
  }

  function sleep() {
    callOff = clock.after(LOOK_MS, () => {
      looking = look()
        .catch((error) => log.warn({ err: error }, 'expected results could not be looked at'))
        .finally(() => {
          if (isOpen) sleep();
        });
    });
  }

  return {
    async open() {
      isOpen = true;
      unfollow = store.changes.follow((changes) => {
        for (const change of changes) if (change.type === 'assignment') follow(change.assignment);
      });
      await followAll();
      sleep();
    },
    async close() {
      isOpen = false;
      callOff();
      unfollow();
      await looking;
    },
  };
}

/** A message whose id is made of what it tells of, so that it can be written again. */
function sameMessage(write: Write, about: string): Write {
  if (write.type !== 'message') return write;
  const id = `msg_${createHash('sha256').update(about).digest('hex').slice(0, 24)}`;
  return { ...write, message: { ...write.message, id } };
}

/** A timer is only expected to have come to something where it was due in the day before. */
function isExpected({ trigger, timeZone, createdAt }: Assignment, deadlineMs: number): boolean {
  if (trigger.type !== 'timer') return true;
  const fromMs = Math.max(deadlineMs - DAY_MS, Date.parse(createdAt));
  const [dueMs] = dueTimes(trigger.schedule, timeZone, fromMs, 1);
  return dueMs !== undefined && dueMs <= deadlineMs;
}

/** The newest time of day that has passed since the assignment was made, today or yesterday; epoch milliseconds. */
function lastDeadline(
  { createdAt, timeZone }: Pick<Assignment, 'createdAt' | 'timeZone'>,
  expectedBy: string,
  nowMs: number,
): number | undefined {
  const [hour, minute] = expectedBy.split(':').map(Number);
  const schedule = { kind: 'cron' as const, expression: `${minute} ${hour} * * *` };
  const passed = dueTimes(schedule, timeZone, nowMs - DAY_MS, 3).filter((ms) => ms <= nowMs);
  const newest = passed.at(-1);
  return newest !== undefined && newest > Date.parse(createdAt) ? newest : undefined;
}
