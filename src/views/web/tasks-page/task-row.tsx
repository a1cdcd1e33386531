import { Check } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { Task } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useRecord } from '../hooks/use-record.ts';
import { ProgressBar } from '../task/progress-bar.tsx';
import { StatusIcon } from '../task/status-icon.tsx';
import { StopActions } from '../task/stop-actions.tsx';
import { TaskElapsed, TaskTimeNote } from '../task/task-facts.tsx';
import { isActive, LOOK_WORDS, lookOf, phaseOf, sourceName } from '../task/view.ts';
import { firstLine } from '../text/plain.ts';
import { viewProgress } from '../text/progress.ts';
import { formatWhen } from '../text/when.ts';
import { cx } from '../ui/class-names.ts';

export interface TaskRowProps {
  readonly id: string;
  readonly focused: boolean;
  readonly selected: boolean;
  readonly open: boolean;
  /** Less room: the columns at the right fall away. */
  readonly compact: boolean;
  onOpen(id: string): void;
  onSelect(id: string): void;
}

/** One line of the tasks page. It renders again when its own task changes, and each second while that runs. */
export const TaskRow = memo(function TaskRow({
  id,
  focused,
  selected,
  open,
  compact,
  onOpen,
  onSelect,
}: TaskRowProps) {
  const task = useRecord('task', id);
  const active = task !== undefined && isActive(task);
  const now = useNow(active);
  if (task === undefined) return null;
  const look = lookOf(task, now);
  const phase = firstLine(phaseOf(task, now));
  const { percent } = viewProgress(task.progress);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the grid
    // biome-ignore lint/a11y/useSemanticElements: the rows are placed by the virtual list, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: it has its place in the grid's roving focus
    <div
      role="row"
      aria-selected={selected}
      onClick={() => onOpen(id)}
      className={cx(
        'group flex h-full cursor-pointer items-center gap-3 border-b border-line pr-3 hover:bg-hover sm:pr-6',
        open && 'bg-hover',
        selected && 'bg-accent-soft hover:bg-accent-soft',
        focused && 'outline-2 -outline-offset-2 outline-accent',
      )}
    >
      <Cell className="flex shrink-0 items-center">
        <button
          type="button"
          tabIndex={-1}
          aria-pressed={selected}
          aria-label={`Select ${task.title}`}
          onClick={(event) => {
            event.stopPropagation();
            onSelect(id);
          }}
          className="grid h-9 w-8 place-items-center sm:w-6.5 pointer-coarse:w-10"
        >
          <span
            className={cx(
              'grid size-4 place-items-center rounded border transition-opacity',
              selected
                ? 'border-accent bg-accent text-on-accent'
                : 'border-line-strong bg-page opacity-0 group-hover:opacity-100 pointer-coarse:opacity-100',
            )}
          >
            {selected && <Check className="size-3" strokeWidth={3} aria-hidden />}
          </span>
        </button>
        <StatusIcon look={look} />
        <span className="sr-only">{LOOK_WORDS[look]}</span>
      </Cell>
      <Cell className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium" title={task.title}>
          {task.title}
        </p>
        <p className="truncate text-xs text-muted">
          <span className={cx(phase !== '' && 'max-sm:hidden')}>{sourceName(task)}</span>
          {phase !== '' && <span className="max-sm:hidden"> · </span>}
          {phase}
        </p>
      </Cell>
      {!compact && (
        <Cell className="hidden w-52 shrink-0 lg:block">
          {active && <RowProgress task={task} now={now} />}
        </Cell>
      )}
      <Cell className="shrink-0 text-right text-xs text-muted max-sm:max-w-32 sm:w-44">
        <p className="truncate">
          <TaskElapsed task={task} />
          {active && percent !== undefined && (
            <span
              className={cx('font-medium text-ink tabular-nums', !compact && 'lg:hidden')}
            >{` · ${percent}`}</span>
          )}
        </p>
        <p className="truncate tabular-nums">
          {active ? <TaskTimeNote task={task} /> : formatWhen(task.endedAt ?? task.aliveAt, now)}
        </p>
      </Cell>
      <Cell className={cx('flex w-32 shrink-0 justify-end', compact && 'hidden', 'max-sm:hidden')}>
        <StopActions task={task} compact />
      </Cell>
    </div>
  );
});

function Cell({ className, children }: { className?: string; children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the row
    // biome-ignore lint/a11y/useFocusableInteractive: the focus moves by rows
    <div role="gridcell" className={className}>
      {children}
    </div>
  );
}

function RowProgress({ task, now }: { readonly task: Task; readonly now: number }) {
  const { fraction, percent, amount } = viewProgress(task.progress);
  if (task.status === 'input_required' && fraction === undefined) return null;
  return (
    <>
      <ProgressBar
        fraction={fraction}
        look={lookOf(task, now)}
        label={`Progress of ${task.title}`}
        valueText={amount ?? percent}
      />
      <p className="mt-1 flex justify-between gap-2 text-2xs text-muted tabular-nums">
        <span className="truncate">{amount}</span>
        <span className="font-medium text-ink">{percent}</span>
      </p>
    </>
  );
}
