import { ChevronRight } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { hostNow } from '../../data/host-clock.ts';
import { useNow } from '../../hooks/use-now.ts';
import { formatElapsed } from '../../text/duration.ts';
import { plainText } from '../../text/plain.ts';
import { cx } from '../../ui/class-names.ts';

interface ReasoningProps {
  readonly text: string;
  /** It goes on right now. */
  readonly growing: boolean;
  /** When it began, where that is known. */
  readonly startedAt: string | undefined;
}

/** What the model thought before it spoke: closed, with how long it took where that was seen. */
export function Reasoning({ text, growing, startedAt }: ReasoningProps) {
  const [open, setOpen] = useState(false);
  const now = useNow(growing);
  const tookMs = useTook(growing, startedAt);
  const body = useId();
  const words = growing
    ? `Thinking…${startedAt === undefined ? '' : ` ${formatElapsed(now - Date.parse(startedAt))}`}`
    : tookMs === undefined
      ? 'Thought'
      : tookMs < 1_000
        ? 'Thought for a moment'
        : `Thought for ${formatElapsed(tookMs)}`;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
        className="-ml-1 flex h-7 items-center gap-1.5 rounded-md px-1 text-sm text-muted tabular-nums hover:text-ink pointer-coarse:h-10"
      >
        <ChevronRight className={cx('size-3.5 transition-transform', open && 'rotate-90')} aria-hidden />
        {words}
      </button>
      <div id={body} hidden={!open}>
        <p className="mt-1 border-l-2 border-line pl-3.5 text-sm break-words whitespace-pre-wrap text-muted">
          {open && plainText(text).trim()}
        </p>
      </div>
    </div>
  );
}

/** How long it took, for those who saw it end; nothing of it is kept. */
function useTook(growing: boolean, startedAt: string | undefined): number | undefined {
  const grew = useRef(growing);
  const [tookMs, setTookMs] = useState<number>();
  useEffect(() => {
    if (grew.current && !growing && startedAt !== undefined) setTookMs(hostNow() - Date.parse(startedAt));
    grew.current = growing;
  }, [growing, startedAt]);
  return tookMs;
}
