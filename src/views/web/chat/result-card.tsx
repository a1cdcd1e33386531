import type { Task } from '../data/types.ts';
import { FailureText } from '../task/failure-text.tsx';
import { canRunAgain, RunAgain } from '../task/run-again.tsx';
import { StatusIcon } from '../task/status-icon.tsx';
import { elapsedMs, LOOK_WORDS, lookOf, sourceName } from '../task/view.ts';
import { WholeResult } from '../task/whole-result.tsx';
import { formatDuration } from '../text/duration.ts';
import { plainText } from '../text/plain.ts';
import { cx } from '../ui/class-names.ts';
import { Output } from '../ui/output.tsx';

/** The delivered end of a task, as it was when it was delivered. */
export function ResultCard({ task, onOpenTask }: { readonly task: Task; onOpenTask(taskId: string): void }) {
  const look = lookOf(task, Date.parse(task.aliveAt));
  const hasOutput = task.result !== undefined && task.result.preview.trim() !== '';
  return (
    <section
      aria-label={`Result of ${task.title}`}
      className={cx(
        'w-full overflow-hidden rounded-xl border bg-raised shadow-card',
        look === 'bad' ? 'border-bad/40' : 'border-line',
      )}
    >
      <header className="flex items-start gap-2.5 px-3.5 py-3">
        <StatusIcon look={look} className="mt-0.5" />
        <div className="min-w-0 flex-1">
          <button
            type="button"
            onClick={() => onOpenTask(task.id)}
            className="block max-w-full truncate text-left text-sm font-semibold hover:underline"
          >
            {task.title}
          </button>
          <p className="text-xs text-muted tabular-nums">
            {LOOK_WORDS[look]} · {formatDuration(elapsedMs(task, 0))} · {sourceName(task)}
          </p>
        </div>
        {task.result !== undefined && <WholeResult task={task} />}
      </header>
      {task.statusMessage !== undefined && task.statusMessage !== '' && (
        <p className="px-3.5 pb-3 text-sm break-words text-soft">{plainText(task.statusMessage)}</p>
      )}
      {task.failure !== undefined && (
        <div className="border-t border-line px-3.5 py-2.5 text-sm text-bad">
          <FailureText failure={task.failure} beside={task.result?.preview} />
        </div>
      )}
      {hasOutput && (
        <div className="border-t border-line bg-sunken">
          <Output bare text={task.result?.preview ?? ''} label={`Output of ${task.title}`} />
        </div>
      )}
      {canRunAgain(task) && (
        <div className="border-t border-line px-3.5 py-2.5">
          <RunAgain task={task} />
        </div>
      )}
    </section>
  );
}
