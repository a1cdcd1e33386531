import { ChevronRight } from 'lucide-react';
import { plainText } from '../../text/plain.ts';

/** A line across the chat: what the model does not see any more as it was said. */
export function ContextNote({ words, summary }: { readonly words: string; readonly summary?: string }) {
  const line = (
    <span className="flex w-full items-center gap-3 text-xs text-muted">
      <span className="h-px flex-1 bg-line" />
      <span className="flex max-w-[80%] items-center gap-1 text-center text-pretty">
        {summary !== undefined && (
          <ChevronRight
            className="size-3.5 shrink-0 transition-transform group-open/note:rotate-90"
            aria-hidden
          />
        )}
        {plainText(words)}
      </span>
      <span className="h-px flex-1 bg-line" />
    </span>
  );
  if (summary === undefined) return <div className="py-1">{line}</div>;
  return (
    <details className="group/note w-full">
      <summary className="list-none rounded-md py-1 select-none hover:text-ink [&::-webkit-details-marker]:hidden">
        {line}
      </summary>
      <p className="mt-2 rounded-xl border border-line bg-sunken px-4 py-3 text-sm break-words whitespace-pre-wrap text-soft">
        {plainText(summary)}
      </p>
    </details>
  );
}
