import { X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { cancelTasks } from '../data/cancel.ts';
import { showToast } from '../data/toasts.ts';
import type { Task } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';
import { planCancel } from '../task/groups.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';

interface BulkBarProps {
  readonly selected: ReadonlySet<string>;
  readonly confirming: boolean;
  onConfirming(confirming: boolean): void;
  onClear(): void;
}

/** What can be done with the selected tasks; says first what it will hit. */
export function BulkBar({ selected, confirming, onConfirming, onClear }: BulkBarProps) {
  const [busy, setBusy] = useState(false);
  const tasks = useRecords(
    'task',
    useCallback((all: readonly Task[]) => all.filter((task) => selected.has(task.id)), [selected]),
  );
  const plan = planCancel(tasks);
  const run = async (): Promise<void> => {
    setBusy(true);
    const asked = await cancelTasks(plan.stoppable);
    setBusy(false);
    onClear();
    const refused = plan.stoppable.length - asked;
    showToast(`Asked ${asked} of ${plan.stoppable.length} to stop`, { kind: refused > 0 ? 'error' : 'note' });
  };
  return (
    <div className="flex items-center gap-2 rounded-xl border border-accent/30 bg-accent-soft py-1.5 pr-1.5 pl-3.5 text-sm">
      <span className="flex-1 font-medium text-accent-ink tabular-nums" aria-live="polite">
        {tasks.length} selected
      </span>
      <Button size="sm" disabled={plan.stoppable.length === 0 || busy} onClick={() => onConfirming(true)}>
        {plan.stoppable.length === 0
          ? 'None can be cancelled'
          : `Cancel ${plan.stoppable.length} of ${tasks.length}…`}
      </Button>
      <Button variant="ghost" size="icon-sm" aria-label="Clear the selection" onClick={onClear}>
        <X className="size-4" aria-hidden />
      </Button>
      <Confirm
        open={confirming && plan.stoppable.length > 0}
        onOpenChange={onConfirming}
        title={`Cancel ${plan.stoppable.length} of ${tasks.length} tasks?`}
        action={`Cancel ${plan.stoppable.length}`}
        onConfirm={() => void run()}
      >
        <p>{plan.stoppable.length} will be asked to stop.</p>
        {tasks.length > plan.stoppable.length && (
          <ul className="mt-1.5 list-disc pl-5">
            {plan.unsupported > 0 && <li>{plan.unsupported} cannot be stopped by asking.</li>}
            {plan.asked > 0 && <li>{plan.asked} are stopping already.</li>}
            {plan.ended > 0 && <li>{plan.ended} have ended.</li>}
          </ul>
        )}
      </Confirm>
    </div>
  );
}
