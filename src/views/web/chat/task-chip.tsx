import { useNow } from '../hooks/use-now.ts';
import { useRecord } from '../hooks/use-record.ts';
import { LOOK_GROUND, LOOK_TEXT, StatusIcon } from '../task/status-icon.tsx';
import { elapsedMs, isActive, LOOK_WORDS, lookOf } from '../task/view.ts';
import { formatDuration, formatElapsed } from '../text/duration.ts';
import { viewProgress } from '../text/progress.ts';
import { cx } from '../ui/class-names.ts';

/** A live task inside a line of text: how it stands now. Opens its detail. */
export function TaskChip({ taskId, onOpen }: { readonly taskId: string; onOpen(taskId: string): void }) {
  const task = useRecord('task', taskId);
  const active = task !== undefined && isActive(task);
  const now = useNow(active);
  const look = task === undefined ? 'cancelled' : lookOf(task, now);
  const { percent } = viewProgress(task?.progress);
  return (
    <button
      type="button"
      onClick={() => onOpen(taskId)}
      className={cx(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-lg pr-2.5 pl-1.5 text-xs font-medium tabular-nums hover:brightness-95 dark:hover:brightness-125',
        LOOK_GROUND[look],
        LOOK_TEXT[look],
      )}
    >
      <StatusIcon look={look} className="scale-90" />
      <span className="sr-only">Task: </span>
      {task === undefined ? 'Task' : LOOK_WORDS[look]}
      {task !== undefined && (
        <span>
          {active ? (percent ?? formatElapsed(elapsedMs(task, now))) : formatDuration(elapsedMs(task, now))}
        </span>
      )}
    </button>
  );
}
