import type { Progress } from '../task/task.ts';

const MESSAGE_CHARS = 500;
const UNIT_CHARS = 20;
const PHASE_CHARS = 100;

/**
 * What a bar may show after a report, so that it never lies: a value that is not a number is dropped, one that
 * goes backwards under the same total and in the same phase is not taken, and a total that is not above zero, or below the value,
 * makes the bar indeterminate.
 */
export function nextProgress(previous: Progress | undefined, reported: Progress): Progress {
  const phase = reported.phase?.slice(0, PHASE_CHARS) ?? previous?.phase;
  const before = previous?.phase === phase ? previous : undefined;
  const reportedValue = Number.isFinite(reported.value) ? reported.value : (before?.value ?? 0);
  const fits = isPositive(reported.total) && reported.total >= reportedValue;
  const total = fits ? reported.total : undefined;
  const floor = before !== undefined && before.total === total ? before.value : Number.NEGATIVE_INFINITY;
  const value = Math.max(reportedValue, floor);
  const message = reported.message?.slice(0, MESSAGE_CHARS) ?? before?.message;
  const unit = reported.unit?.slice(0, UNIT_CHARS);
  return {
    value,
    ...(total === undefined ? {} : { total }),
    ...(unit === undefined ? {} : { unit }),
    ...(message === undefined ? {} : { message }),
    ...(phase === undefined ? {} : { phase }),
  };
}

const isPositive = (total: number | undefined): total is number =>
  total !== undefined && Number.isFinite(total) && total > 0;

/** A change of the share below this is a sign of life, not progress: MCP wants each value above the last. */
const SMALLEST_STEP = 1e-7;

/** Whether the work has really come further, or only shown that it lives. */
export function hasMoved(previous: Progress | undefined, next: Progress): boolean {
  if (previous === undefined || previous.message !== next.message || previous.phase !== next.phase)
    return true;
  if (previous.total === undefined || next.total === undefined) return previous.value !== next.value;
  return Math.abs(next.value / next.total - previous.value / previous.total) >= SMALLEST_STEP;
}
