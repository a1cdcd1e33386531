import { useNow } from '../../hooks/use-now.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { ProgressBar } from '../../task/progress-bar.tsx';
import { isActive, lookOf, phaseOf } from '../../task/view.ts';
import { firstLine } from '../../text/plain.ts';
import { viewProgress } from '../../text/progress.ts';

interface BackgroundLineProps {
  readonly taskId: string;
  /** The assistant goes on without it. */
  readonly detached: boolean;
}

/** While the task of a use runs: how far it is, and whether the assistant waits for it. */
export function BackgroundLine({ taskId, detached }: BackgroundLineProps) {
  const task = useRecord('task', taskId);
  const active = task !== undefined && isActive(task);
  const now = useNow(active);
  if (!active) return null;
  const { fraction, percent, amount } = viewProgress(task.progress);
  const look = lookOf(task, now);
  const phase = firstLine(phaseOf(task, now));
  return (
    <div className="flex flex-col gap-1.5 px-3 pb-2.5">
      <ProgressBar
        fraction={fraction}
        look={look}
        label={`Progress of ${task.title}`}
        valueText={amount ?? percent}
      />
      <p className="flex items-baseline gap-2 text-xs text-muted tabular-nums">
        <span className="shrink-0 font-medium text-soft">
          {detached ? 'In the background' : 'The assistant waits for it'}
        </span>
        <span className="min-w-0 flex-1 truncate">{look === 'needs' ? '' : phase}</span>
        <span className="shrink-0">{amount}</span>
      </p>
    </div>
  );
}
