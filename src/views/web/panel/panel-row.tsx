import { memo } from 'react';
import type { Task } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useRecord } from '../hooks/use-record.ts';
import { ProgressBar } from '../task/progress-bar.tsx';
import { StatusIcon } from '../task/status-icon.tsx';
import { StopActions } from '../task/stop-actions.tsx';
import { TaskElapsed, TaskTimes } from '../task/task-facts.tsx';
import { isActive, LOOK_WORDS, lookOf, phaseOf, sourceName } from '../task/view.ts';
import { firstLine } from '../text/plain.ts';
import { viewProgress } from '../text/progress.ts';
import { cx } from '../ui/class-names.ts';

interface PanelRowProps {
  readonly id: string;
  onOpen(id: string): void;
}

/** One task beside its chat. It renders again when this task changes, and each second while it runs. */
export const PanelRow = memo(function PanelRow({ id, onOpen }: PanelRowProps) {
  const task = useRecord('task', id);
  if (task === undefined) return null;
  return isActive(task) ? (
    <ActiveRow task={task} onOpen={onOpen} />
  ) : (
    <EndedRow task={task} onOpen={onOpen} />
  );
});

function ActiveRow({ task, onOpen }: { readonly task: Task; onOpen(id: string): void }) {
  const now = useNow(true);
  const look = lookOf(task, now);
  const { fraction, percent, amount } = viewProgress(task.progress);
  const phase = firstLine(phaseOf(task, now)) || sourceName(task);
  const matters = look !== 'running' || task.cancel.requestedAt !== undefined;
  return (
    <li
      className={cx(
        'relative flex flex-col gap-2 rounded-xl [contain-intrinsic-size:auto_6rem] [content-visibility:auto] border bg-raised p-3 shadow-card',
        look === 'needs' ? 'border-needs/50 hover:border-needs' : 'border-line hover:border-line-strong',
      )}
    >
      <div className="flex items-start gap-2.5">
        <StatusIcon look={look} className="mt-0.5" />
        <div className="min-w-0 flex-1">
          <RowTitle task={task} onOpen={onOpen} />
          <p
            className={cx(
              'text-xs text-muted',
              matters ? 'line-clamp-2 text-pretty break-words' : 'truncate',
            )}
            title={phase}
          >
            {look === 'needs' ? <span className="font-medium text-needs">{LOOK_WORDS.needs}: </span> : null}
            {phase}
          </p>
        </div>
        <div className="relative -mt-0.5 -mr-0.5">
          <StopActions task={task} compact />
        </div>
      </div>
      {(look !== 'needs' || fraction !== undefined) && (
        <ProgressBar
          fraction={fraction}
          look={look}
          label={`Progress of ${task.title}`}
          valueText={amount ?? percent}
        />
      )}
      <div className="flex items-baseline justify-between gap-2 text-xs text-muted tabular-nums">
        <TaskTimes task={task} />
        <span className="shrink-0">
          {amount}
          {percent !== undefined && <span className="ml-1.5 font-medium text-ink">{percent}</span>}
        </span>
      </div>
    </li>
  );
}

function EndedRow({ task, onOpen }: { readonly task: Task; onOpen(id: string): void }) {
  const look = lookOf(task, 0);
  const phase = firstLine(phaseOf(task, 0));
  return (
    <li className="relative flex items-start gap-2.5 rounded-lg [contain-intrinsic-size:auto_3.25rem] [content-visibility:auto] px-3 py-2 hover:bg-hover">
      <StatusIcon look={look} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <RowTitle task={task} onOpen={onOpen} />
        <p className="truncate text-xs text-muted">
          {LOOK_WORDS[look]} · <TaskElapsed task={task} />
          {phase !== '' && ` · ${phase}`}
        </p>
      </div>
    </li>
  );
}

/** The whole row opens the detail; for the keyboard it is this one button. */
function RowTitle({ task, onOpen }: { readonly task: Task; onOpen(id: string): void }) {
  return (
    <button
      type="button"
      onClick={() => onOpen(task.id)}
      title={task.title}
      className="block w-full truncate text-left text-sm font-medium after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
    >
      {task.title}
    </button>
  );
}
