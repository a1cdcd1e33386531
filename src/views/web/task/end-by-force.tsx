import { useState } from 'react';
import { giveUpTask } from '../data/cancel.ts';
import { errorWords, othersOf } from '../data/client.ts';
import type { Task } from '../data/types.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/**
 * Ends the processes of the task's server. What else that would end is for the host to say: it refuses first and
 * names it, and the second request carries what was shown here.
 */
export function EndByForce({ task, onClose }: { readonly task: Task; onClose(): void }) {
  const [others, setOthers] = useState<readonly { id: string; title: string }[]>([]);
  const [failed, setFailed] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    setFailed(undefined);
    try {
      await giveUpTask(
        task,
        others.map(({ id }) => id),
      );
      onClose();
    } catch (error) {
      const named = othersOf(error);
      if (named === undefined) setFailed(errorWords(error));
      else setOthers(named);
    } finally {
      setBusy(false);
    }
  };
  const more = others.length;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={more > 0 ? 'This would end other work too' : 'End it by force?'}
      description={
        <>
          <p className="font-medium break-words text-ink">{task.title}</p>
          <p className="mt-2">
            It ends together with its server <strong className="text-ink">{task.source.server}</strong>, whose
            processes are ended. What it was doing stays as it is then. The server is started anew.
          </p>
        </>
      }
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Keep
          </Button>
          <Button variant="danger" onClick={() => void send()} disabled={busy}>
            {busy ? 'Ending…' : more > 0 ? endWords(more + 1) : 'End by force'}
          </Button>
        </>
      }
    >
      {failed !== undefined && <Alert kind="bad">{failed}</Alert>}
      {more > 0 && (
        <div role="alert" className="text-sm">
          <p>Also running on this server, and ended with it:</p>
          <ul className="mt-1.5 flex list-disc flex-col gap-1 pl-5">
            {others.map((other) => (
              <li key={other.id} className="font-medium break-words">
                {other.title}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

const endWords = (tasks: number): string => (tasks === 2 ? 'End both' : `End all ${tasks}`);
