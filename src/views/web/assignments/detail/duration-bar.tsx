import type { RunState } from '../../data/types.ts';
import { formatDuration, formatElapsed, formatRoughly } from '../../text/duration.ts';
import { cx } from '../../ui/class-names.ts';
import type { Usual } from './usual.ts';

interface DurationBarProps {
  readonly ms: number | undefined;
  readonly usual: Usual | undefined;
  readonly state: RunState;
}

/** How long it took. Where it is known what is usual, the mark in the bar is the usual length. */
export function DurationBar({ ms, usual, state }: DurationBarProps) {
  if (ms === undefined) return null;
  const isLate = usual !== undefined && ms > Math.max(usual.p90Ms, 1_000);
  const wholeMs = usual === undefined ? 0 : Math.max(usual.p90Ms * 1.25, 1);
  return (
    <div className="flex flex-col gap-1 text-xs tabular-nums">
      <span className={isLate ? 'text-needs' : 'text-soft'}>
        {state === 'running' ? formatElapsed(ms) : formatDuration(ms)}
        {isLate && <span className="sr-only">, longer than usual</span>}
      </span>
      {usual !== undefined && (
        <span
          aria-hidden
          title={`Usually ${formatRoughly(usual.medianMs)}`}
          className="relative h-1.5 w-full rounded-full bg-track"
        >
          <span
            className={cx(
              'absolute inset-y-0 left-0 rounded-full',
              isLate ? 'bg-needs' : state === 'running' ? 'bg-accent' : 'bg-idle/70',
            )}
            style={{ width: `${Math.max(3, Math.min(100, (ms / wholeMs) * 100))}%` }}
          />
          <span
            className="absolute -inset-y-0.5 w-0.5 rounded bg-ink/60"
            style={{ left: `${(usual.medianMs / wholeMs) * 100}%` }}
          />
        </span>
      )}
    </div>
  );
}
