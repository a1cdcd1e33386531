import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { closeToast, toasts } from '../data/toasts.ts';
import { useObservable } from '../hooks/use-record.ts';
import { cx } from '../ui/class-names.ts';

/** Short notes at the lower edge. What they tell of tasks is announced elsewhere; errors, and what can be taken back, speak here. */
export function Toasts() {
  const shown = useObservable(toasts);
  return (
    <section
      aria-label="Notes"
      className="pointer-events-none fixed right-3 bottom-3 z-50 flex w-[min(22rem,calc(100vw-1.5rem))] flex-col gap-2"
    >
      {shown.map((toast) => (
        <div
          key={toast.id}
          role={toast.kind === 'error' ? 'alert' : toast.action ? 'status' : undefined}
          className={cx(
            'pointer-events-auto flex animate-enter items-start gap-3 rounded-xl border bg-raised py-2.5 pr-2 pl-3.5 text-sm shadow-pop',
            toast.kind === 'error' ? 'border-bad/40 text-bad' : 'border-line text-ink',
          )}
        >
          <span className="min-w-0 flex-1 break-words">
            {toast.text}
            {toast.taskId !== undefined && (
              <Link
                to="/tasks/$taskId"
                params={{ taskId: toast.taskId }}
                onClick={() => closeToast(toast.id)}
                className="ml-2 font-medium text-accent-ink hover:underline"
              >
                Show
              </Link>
            )}
            {toast.taskId === undefined && toast.sessionId !== undefined && (
              <Link
                to="/chat/$sessionId"
                params={{ sessionId: toast.sessionId }}
                onClick={() => closeToast(toast.id)}
                className="ml-2 font-medium text-accent-ink hover:underline"
              >
                Open
              </Link>
            )}
            {toast.action !== undefined && (
              <button
                type="button"
                onClick={() => {
                  closeToast(toast.id);
                  toast.action?.run();
                }}
                className="ml-2 font-medium text-accent-ink hover:underline"
              >
                {toast.action.label}
              </button>
            )}
          </span>
          <button
            type="button"
            aria-label="Close note"
            onClick={() => closeToast(toast.id)}
            className="rounded p-1 text-muted hover:text-ink"
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </div>
      ))}
    </section>
  );
}
