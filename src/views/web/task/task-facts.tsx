import type { Task } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { formatDuration, formatElapsed, formatRoughly } from '../text/duration.ts';
import { elapsedMs, isActive, silentFor, usualWords } from './view.ts';

/** How long it takes or took. Ticks while it runs. */
export function TaskElapsed({ task }: { readonly task: Task }) {
  const active = isActive(task);
  const now = useNow(active);
  const elapsed = elapsedMs(task, now);
  return <span className="tabular-nums">{active ? formatElapsed(elapsed) : formatDuration(elapsed)}</span>;
}

/** What is worth knowing beside the elapsed time: that nothing is heard of it, or how long it usually takes. */
export function TaskTimeNote({ task }: { readonly task: Task }) {
  const active = isActive(task);
  const now = useNow(active);
  const silence = silentFor(task, now);
  if (silence !== undefined)
    return <span className="text-needs">{`no sign for ${formatRoughly(silence)}`}</span>;
  const usual = active ? usualWords(task, now) : undefined;
  return usual === undefined ? null : (
    <span className={usual.late ? 'text-needs' : undefined}>{usual.text}</span>
  );
}

/** Both on one line. */
export function TaskTimes({ task }: { readonly task: Task }) {
  return (
    <span className="flex flex-wrap gap-x-2">
      <TaskElapsed task={task} />
      <TaskTimeNote task={task} />
    </span>
  );
}
