import type { Assignment } from '../../../assignment/assignment.ts';
import { type Clock, isoNow } from '../../../base/clock.ts';
import type { RunReader, Unnumbered, Write } from '../../../store/ports.ts';
import type { Changed } from '../keeper.ts';
import { withGlance } from '../runs/glance.ts';
import { newRun } from '../runs/new-run.ts';
import { dueBetween, dueTimes } from '../schedule/due/due-times.ts';
import { MISSED_AFTER_MS, planFiring } from './plan-firing.ts';

/** So many due times of one downtime are looked at one by one. */
const LOOKED_AT = 1_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * What firing a timer that is due comes to: its next due time, the run, and the skipped times. Each run has its due
 * time as key, so of two hosts that fire the same time one is refused.
 */
export async function fireTimer(
  assignment: Assignment,
  { runs, clock }: { runs: Pick<RunReader, 'active'>; clock: Clock },
): Promise<Changed | undefined> {
  const { trigger, timeZone, nextDueAt, rules, state } = assignment;
  const nowMs = clock.now();
  if (state !== 'on' || trigger.type !== 'timer' || nextDueAt === undefined) return undefined;
  const dueMs = Date.parse(nextDueAt);
  if (dueMs > nowMs) return undefined;

  const { schedule } = trigger;
  // What is on time is looked at by itself: a long downtime must not hide it.
  const onTimeMs = Math.max(dueMs - 1, nowMs - MISSED_AFTER_MS);
  const missed = dueBetween(schedule, timeZone, dueMs - 1, onTimeMs, LOOKED_AT);
  const onTime = dueBetween(schedule, timeZone, onTimeMs, nowMs, LOOKED_AT);
  const due = { times: [...missed.times, ...onTime.times], more: missed.more };
  const { run, skipped, more } = planFiring(assignment, due, nowMs);
  const now = isoNow(clock);
  const made: Write[] = skipped.map((ms) => ({
    type: 'run',
    isNew: true,
    run: newRun(assignment, { type: 'timer', dueAt: iso(ms) }, now, {
      reason: 'missed',
      note: noteOfMissed(run?.dueMs, ms === skipped[0] ? more : 0),
    }),
  }));
  let next = advanced(assignment, schedule, nowMs, now);
  if (run !== undefined) {
    const isBusy = rules.overlap === 'skip' && (await runs.active(assignment.id)).length > 0;
    const cause = {
      type: 'timer' as const,
      dueAt: iso(run.dueMs),
      ...(run.missed > 0 && { missed: run.missed }),
    };
    const skip = isBusy
      ? { reason: 'overlap' as const, note: 'The run before it was still going on.' }
      : undefined;
    const record = newRun(assignment, cause, now, skip);
    made.push({ type: 'run', isNew: true, run: record });
    next = withGlance(next, record);
  }
  return { assignment: next, alongside: made };
}

/**
 * What becomes of a timer whose due time has its run already. Only that time is passed over: those that passed after
 * it are fired as any other.
 */
export function passOver(assignment: Assignment, clock: Clock): Changed | undefined {
  const { trigger, nextDueAt, state } = assignment;
  if (state !== 'on' || trigger.type !== 'timer' || nextDueAt === undefined) return undefined;
  const dueMs = Date.parse(nextDueAt);
  if (dueMs > clock.now()) return undefined;
  return { assignment: advanced(assignment, trigger.schedule, dueMs, isoNow(clock)) };
}

/** The clock was set back: times come again that are before the one that is kept. Those that have a run keep it. */
export function planAgain(assignment: Assignment, clock: Clock): Changed | undefined {
  const { trigger, timeZone, nextDueAt, state, createdAt } = assignment;
  if (state !== 'on' || trigger.type !== 'timer' || nextDueAt === undefined) return undefined;
  const nowMs = clock.now();
  const createdMs = Date.parse(createdAt);
  // What was due since the clock was set, before anybody looked, is not passed over.
  const fromMs = nowMs - MISSED_AFTER_MS;
  const [nextMs] = dueTimes(
    trigger.schedule,
    timeZone,
    createdMs < nowMs ? Math.max(fromMs, createdMs) : fromMs,
    1,
  );
  if (nextMs === undefined || nextMs >= Date.parse(nextDueAt)) return undefined;
  return { assignment: { ...assignment, nextDueAt: iso(nextMs), updatedAt: isoNow(clock) } };
}

function advanced(
  assignment: Assignment,
  schedule: Parameters<typeof dueTimes>[0],
  nowMs: number,
  now: string,
): Unnumbered<Assignment> {
  const { nextDueAt: _over, ...rest } = assignment;
  const [nextMs] = dueTimes(schedule, assignment.timeZone, nowMs, 1);
  if (nextMs !== undefined) return { ...rest, nextDueAt: iso(nextMs), updatedAt: now };
  return { ...rest, state: 'done', stateNote: 'Its last time has come.', updatedAt: now };
}

function noteOfMissed(runMs: number | undefined, more: number | 'many'): string {
  const others =
    more === 0 ? '' : ` ${more === 'many' ? 'Very many' : more} times before it were missed too.`;
  const instead = runMs === undefined ? '' : ` Run once for all, at the time of ${iso(runMs)}.`;
  return `Nobody was there to run it.${instead}${others}`;
}
