import type { Progress } from '../task/task.ts';

const MESSAGE_CHARS = 500;

/**
 * What a bar may show after a report, so that it never lies: a value that is not a number is dropped, one that
 * goes backwards under the same total is not taken, and a total that is not above zero, or below the value,
 * makes the bar indeterminate.
 */
export function nextProgress(previous: Progress | undefined, reported: Progress): Progress {
  const total = isPositive(reported.total) ? reported.total : undefined;
  const reportedValue = Number.isFinite(reported.value) ? reported.value : previous?.value;
  const floor =
    previous !== undefined && previous.total === total ? previous.value : Number.NEGATIVE_INFINITY;
  const value = Math.max(reportedValue ?? 0, floor);
  const message = reported.message?.slice(0, MESSAGE_CHARS) ?? previous?.message;
  const unit = reported.unit?.slice(0, 20);
  return {
    value,
    ...(total !== undefined && total >= value ? { total } : {}),
    ...(unit === undefined ? {} : { unit }),
    ...(message === undefined ? {} : { message }),
  };
}

const isPositive = (total: number | undefined): total is number =>
  total !== undefined && Number.isFinite(total) && total > 0;
