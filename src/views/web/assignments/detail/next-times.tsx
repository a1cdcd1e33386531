import { useQuery } from '@tanstack/react-query';
import type { Schedule } from '../../../../assignment/assignment.ts';
import { api } from '../../data/api.ts';
import type { Assignment } from '../../data/types.ts';
import { formatDistance, formatZoned, formatZonedFully } from '../../text/zoned.ts';

const SHOWN = 5;

/** The times to come, as far as they are known: the next one, and of regular ones those after it. */
export function NextTimes({ assignment, now }: { readonly assignment: Assignment; readonly now: number }) {
  const { timeZone, trigger, nextDueAt } = assignment;
  const schedule = trigger.type === 'timer' ? trigger.schedule : undefined;
  const preview = useQuery({
    queryKey: ['next times', assignment.id, assignment.seq],
    queryFn: () => api.previewAssignment({ trigger: textOf(assignment), work: assignment.work, timeZone }),
    enabled: nextDueAt !== undefined && schedule !== undefined && isSameReadAnew(schedule),
    retry: false,
  });
  if (nextDueAt === undefined) return null;
  const everyMs = schedule?.kind === 'every' ? schedule.everyMs : undefined;
  const times =
    everyMs !== undefined
      ? Array.from({ length: SHOWN }, (_, n) => new Date(Date.parse(nextDueAt) + n * everyMs).toISOString())
      : preview.data?.next[0] === nextDueAt
        ? preview.data.next
        : [nextDueAt];
  return (
    <div>
      <dt className="text-xs text-muted">{times.length > 1 ? 'Next times' : 'Next time'}</dt>
      <dd className="mt-0.5">
        <ol className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm tabular-nums">
          {times.map((at, index) => (
            <li key={at}>
              <time dateTime={at} title={formatZonedFully(at, timeZone)}>
                {formatZoned(at, timeZone, now)}
              </time>
              {index === 0 && <span className="text-muted"> ({formatDistance(at, now)})</span>}
            </li>
          ))}
        </ol>
      </dd>
    </div>
  );
}

/** Rules with a count or an interval count from where they began; all others go by the clock on the wall. */
const isSameReadAnew = (schedule: Schedule): boolean =>
  schedule.kind === 'cron' || (schedule.kind === 'rrule' && !/COUNT|INTERVAL/i.test(schedule.rule));

const textOf = ({ trigger }: Assignment) =>
  trigger.type === 'timer' ? ({ type: 'timer', text: trigger.text } as const) : trigger;
