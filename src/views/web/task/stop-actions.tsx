import { CircleStop, Hourglass, OctagonX } from 'lucide-react';
import { type SyntheticEvent, useState } from 'react';
import { cancelTask } from '../data/cancel.ts';
import type { Task } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { Button } from '../ui/button.tsx';
import { EndByForce } from './end-by-force.tsx';
import { stopOffers } from './stop.ts';
import { StopWaiting } from './stop-waiting.tsx';
import { isActive } from './view.ts';

interface StopActionsProps {
  readonly task: Task;
  /** In a row there is room for one: force is offered in the detail. */
  readonly compact?: boolean;
}

/** What can be done about work that goes on: each only where it works. */
export function StopActions({ task, compact }: StopActionsProps) {
  const now = useNow(isActive(task));
  const [sending, setSending] = useState(false);
  const [dialog, setDialog] = useState<'stop waiting' | 'force'>();
  if (!isActive(task)) return null;
  const offers = stopOffers(task, now);
  const close = (): void => setDialog(undefined);
  const stopping = sending || (task.cancel.requestedAt !== undefined && !offers.stopWaiting);
  return (
    // The dialogs belong to the row only for React: what happens in them must not open the row.
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <span className="flex flex-wrap justify-end gap-2" onClick={stay} onKeyDown={stay}>
      {stopping && (
        <span className="inline-flex h-7 items-center px-1 text-xs font-medium text-muted">Stopping…</span>
      )}
      {offers.cancel && !sending && (
        <Button
          size="sm"
          aria-label={`Cancel ${task.title}`}
          onClick={() => {
            setSending(true);
            void cancelTask(task).finally(() => setSending(false));
          }}
        >
          <CircleStop className="size-3.5" aria-hidden />
          Cancel
        </Button>
      )}
      {offers.stopWaiting && (
        <Button
          size="sm"
          aria-label={`Stop waiting for ${task.title}`}
          onClick={() => setDialog('stop waiting')}
        >
          <Hourglass className="size-3.5" aria-hidden />
          Stop waiting
        </Button>
      )}
      {offers.force && !compact && (
        <Button
          size="sm"
          variant="danger"
          aria-label={`End by force: ${task.title}`}
          onClick={() => setDialog('force')}
        >
          <OctagonX className="size-3.5" aria-hidden />
          End by force
        </Button>
      )}
      {dialog === 'stop waiting' && <StopWaiting task={task} onClose={close} />}
      {dialog === 'force' && <EndByForce task={task} onClose={close} />}
    </span>
  );
}

const stay = (event: SyntheticEvent): void => event.stopPropagation();
