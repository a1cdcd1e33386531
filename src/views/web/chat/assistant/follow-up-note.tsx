import { CornerDownRight } from 'lucide-react';
import { useRecord } from '../../hooks/use-record.ts';
import { plainText } from '../../text/plain.ts';

interface FollowUpNoteProps {
  readonly text: string;
  onOpenTask(taskId: string): void;
}

/** Above words that were noted before, to be said now: what they follow from. */
export function FollowUpNote({ text, onOpenTask }: FollowUpNoteProps) {
  const id = /\btask_\w+/.exec(text)?.[0];
  const task = useRecord('task', id);
  const words = plainText(text);
  const [before, after] = id === undefined ? [words, ''] : words.split(id);
  return (
    <p className="flex max-w-[88%] items-center gap-1.5 text-xs text-muted">
      <CornerDownRight className="size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">
        {before}
        {id !== undefined && (
          <button
            type="button"
            onClick={() => onOpenTask(id)}
            className="font-medium text-accent-ink hover:underline"
          >
            {task?.title ?? id}
          </button>
        )}
        {after}
      </span>
    </p>
  );
}
