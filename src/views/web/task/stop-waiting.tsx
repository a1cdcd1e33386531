import { giveUpTask } from '../data/cancel.ts';
import { errorWords } from '../data/client.ts';
import { showToast } from '../data/toasts.ts';
import type { Task } from '../data/types.ts';
import { Confirm } from '../ui/confirm.tsx';

/** Asks before the waiting ends, and says that the work does not. */
export function StopWaiting({ task, onClose }: { readonly task: Task; onClose(): void }) {
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title="Stop waiting for it?"
      action="Stop waiting"
      keep="Keep waiting"
      harmless
      onConfirm={() => {
        giveUpTask(task, 'stop waiting').catch((error) =>
          showToast(`${task.title}: ${errorWords(error)}`, { kind: 'error', taskId: task.id }),
        );
      }}
    >
      <p className="font-medium break-words text-ink">{task.title}</p>
      <p className="mt-2">
        The work itself is not stopped: it goes on at its server
        {task.source.server !== undefined && (
          <>
            {' '}
            <strong className="text-ink">{task.source.server}</strong>
          </>
        )}
        . Here it is shown as <em>Lost</em>, because nobody waits for its end any more. Should its end turn up
        all the same, it is told, here and in its chat.
      </p>
    </Confirm>
  );
}
