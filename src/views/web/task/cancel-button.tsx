import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import { cancelTask } from '../data/cancel.ts';
import { records } from '../data/records.ts';
import type { Task } from '../data/types.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { canCancel, isActive } from './view.ts';

/** Offered only where it works. Once asked it says so until the task ends. */
export function CancelButton({ task }: { readonly task: Task }) {
  const [sending, setSending] = useState(false);
  const [confirming, setConfirming] = useState(false);
  if (!isActive(task)) return null;
  if (task.cancel.requestedAt !== undefined || sending) {
    return (
      <span className="inline-flex h-7 items-center px-1 text-xs font-medium text-muted">Stopping…</span>
    );
  }
  if (!canCancel(task)) return null;
  const cancel = (): void => {
    setSending(true);
    void cancelTask(task).finally(() => setSending(false));
  };
  return (
    <>
      <Button
        size="sm"
        aria-label={`Cancel ${task.title}`}
        onClick={(event) => {
          event.stopPropagation();
          if (task.cancel.support === 'force') setConfirming(true);
          else cancel();
        }}
      >
        <CircleStop className="size-3.5" aria-hidden />
        Cancel
      </Button>
      <Confirm
        open={confirming}
        onOpenChange={setConfirming}
        title={`Stop ${task.title}?`}
        action="Stop by force"
        onConfirm={cancel}
      >
        <ForceWords task={task} />
      </Confirm>
    </>
  );
}

function ForceWords({ task }: { readonly task: Task }) {
  const others = records
    .all('task')
    .filter((other) => other.id !== task.id && other.source.server === task.source.server && isActive(other));
  return (
    <>
      <p>
        This work does not stop when asked. It ends only together with its server{' '}
        <strong className="text-ink">{task.source.server}</strong>, which is then started anew.
      </p>
      {others.length > 0 && (
        <>
          <p className="mt-2">That also ends:</p>
          <ul className="mt-1 list-disc pl-5">
            {others.map((other) => (
              <li key={other.id}>{other.title}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
