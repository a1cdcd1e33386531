import type { Task } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { formatDuration, formatElapsed, formatRoughly } from '../text/duration.ts';
import { elapsedMs, isActive, silentFor, usualWords } from './view.ts';

/** Elapsed against usual, and the age of the last sign of life when that matters. Ticks while it runs. */
export function TaskTimes({ task, usual = true }: { readonly task: Task; readonly usual?: boolean }) {
  const active = isActive(task);
  const now = useNow(active);
  const silence = silentFor(task, now);
  const expected = usual && active ? usualWords(task, now) : undefined;
  const elapsed = elapsedMs(task, now);
  return (
    <span className="tabular-nums">
      {active ? formatElapsed(elapsed) : formatDuration(elapsed)}
      {expected !== undefined && (
        <span className={expected.late ? 'text-needs' : undefined}>{` · ${expected.text}`}</span>
      )}
      {silence !== undefined && (
        <span className="text-needs">{` · no sign for ${formatRoughly(silence)}`}</span>
      )}
    </span>
  );
}
