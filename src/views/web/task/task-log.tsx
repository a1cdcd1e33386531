import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { connection } from '../data/connection.ts';
import type { LogEntry, Task } from '../data/types.ts';
import { plainText } from '../text/plain.ts';
import { formatClock } from '../text/when.ts';
import { cx } from '../ui/class-names.ts';
import { isActive } from './view.ts';

const KEPT = 1_000;
const POLL_MS = 1_000;

/** The tail of a task's log; follows while the task is active and the reader is at its end. */
export function TaskLog({ task }: { readonly task: Task }) {
  const { entries, error } = useLog(task.id, isActive(task));
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new entries make it longer
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && follows.current) element.scrollTop = element.scrollHeight;
  }, [entries]);
  if (error !== undefined) return <p className="text-sm text-muted">{error}</p>;
  if (entries === undefined) return <p className="text-sm text-muted">Reading…</p>;
  if (entries.length === 0) return <p className="text-sm text-muted">Nothing has been logged.</p>;
  return (
    <section
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Log"
      onScroll={({ currentTarget: at }) => {
        follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < 24;
      }}
      className="max-h-80 overflow-auto rounded-lg border border-line bg-sunken py-2 font-mono text-xs leading-[1.55]"
    >
      {entries.map((entry) => (
        <LogLine key={entry.n} entry={entry} />
      ))}
    </section>
  );
}

function LogLine({ entry }: { readonly entry: LogEntry }) {
  if (entry.kind === 'cut') {
    return (
      <div className="my-1 border-y border-dashed border-line-strong px-3 py-1 text-muted">
        {plainText(entry.text)}
      </div>
    );
  }
  return (
    <div className="flex gap-3 px-3">
      <span className="shrink-0 text-muted tabular-nums">{formatClock(entry.at, true)}</span>
      <span
        className={cx(
          'min-w-0 break-words whitespace-pre-wrap',
          entry.kind === 'output' ? 'text-soft' : 'text-accent-ink',
        )}
      >
        {plainText(entry.text).replace(/\n$/, '')}
      </span>
    </div>
  );
}

/** `taskId` stays the same for the life of the component: it is keyed by it. */
function useLog(taskId: string, active: boolean): { entries?: readonly LogEntry[]; error?: string } {
  const [state, setState] = useState<{ entries?: readonly LogEntry[]; error?: string }>({});
  const after = useRef<number | undefined>(undefined);
  useEffect(() => {
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      try {
        for (let more = true; more && !closed; ) {
          const page = await api.taskLog(taskId, after.current);
          if (closed) return;
          more = after.current !== undefined && page.entries.length >= KEPT;
          after.current = Math.max(after.current ?? 0, page.nextAfter);
          setState((old) => ({ entries: [...(old.entries ?? []), ...page.entries].slice(-KEPT) }));
        }
      } catch (error) {
        if (!closed) setState((old) => (old.entries === undefined ? { error: errorWords(error) } : old));
      }
      if (closed || !active || connection.get().phase !== 'ready') return;
      timer = setTimeout(() => void read(), POLL_MS);
    };
    void read();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [taskId, active]);
  return state;
}
