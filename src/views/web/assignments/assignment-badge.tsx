import type { Assignment } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';

const countDisabled = (all: readonly Assignment[]): number =>
  all.filter(({ state }) => state === 'disabled').length;

/** How many assignments failed so often that they were turned off: they need somebody. */
export function AssignmentBadge() {
  const count = useRecords('assignment', countDisabled);
  if (count === 0) return null;
  return (
    <span className="min-w-5 rounded-full bg-bad-soft px-1.5 text-center text-2xs leading-5 font-semibold text-bad tabular-nums">
      {count}
      <span className="sr-only"> turned off after failures</span>
    </span>
  );
}
