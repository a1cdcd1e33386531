import type { Task } from '../data/types.ts';
import { formatDuration } from '../text/duration.ts';
import { formatMoment } from '../text/when.ts';
import { LOOK_WORDS, lookOf } from './view.ts';

/** What happened when. The words of each step stand with the time since the start. */
export function TaskTimeline({ task, now }: { readonly task: Task; readonly now: number }) {
  const by = task.cancel.requestedBy;
  const steps: readonly (readonly [string, string | undefined])[] = [
    ['Started', task.startedAt],
    ['Became a task', task.createdAt === task.startedAt ? undefined : task.createdAt],
    ['Last progress', task.progressedAt],
    [by === undefined ? 'Asked to stop' : `Asked to stop (${by})`, task.cancel.requestedAt],
    [LOOK_WORDS[lookOf(task, now)], task.endedAt],
    ['Delivered to its chat', task.delivery.deliveredAt],
  ];
  const known = steps.filter((step): step is readonly [string, string] => step[1] !== undefined);
  known.sort((a, b) => Date.parse(a[1]) - Date.parse(b[1]));
  return (
    <ol className="flex flex-col">
      {known.map(([word, at], index) => (
        <li key={word} className="relative flex gap-3 pb-3 text-sm last:pb-0">
          {index < known.length - 1 && (
            <span aria-hidden className="absolute top-3 left-[0.28rem] h-full w-px bg-line-strong" />
          )}
          <span
            aria-hidden
            className="mt-1.5 size-2.5 shrink-0 rounded-full border-2 border-line-strong bg-raised"
          />
          <span className="flex-1">{word}</span>
          <span className="text-muted tabular-nums" title={formatMoment(at, now)}>
            {index === 0
              ? formatMoment(at, now)
              : `+${formatDuration(Date.parse(at) - Date.parse(task.startedAt))}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
