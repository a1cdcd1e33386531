import type { Assignment } from '../data/types.ts';
import { formatDistance, formatZoned, formatZonedFully } from '../text/zoned.ts';

/** When it fires next: how far away, and beside it the time in its own zone; exactly when pointed at. */
export function NextRun({ assignment, now }: { readonly assignment: Assignment; readonly now: number }) {
  const { nextDueAt, timeZone, state, trigger } = assignment;
  if (state !== 'on') return <span className="text-muted">{NOT_ON[state]}</span>;
  if (nextDueAt === undefined)
    return (
      <span className="text-muted">
        {trigger.type === 'event' ? 'Waits for its event' : 'No time to come'}
      </span>
    );
  const exact = formatZonedFully(nextDueAt, timeZone);
  return (
    <time dateTime={nextDueAt} title={exact} className="tabular-nums">
      <span className="font-medium text-ink">
        {Date.parse(nextDueAt) <= now ? 'now' : formatDistance(nextDueAt, now)}
      </span>{' '}
      <span className="text-muted">{formatZoned(nextDueAt, timeZone, now)}</span>
    </time>
  );
}

const NOT_ON = {
  paused: 'Paused',
  disabled: 'Turned off',
  done: 'Done',
  removed: 'Deleted',
} as const;
