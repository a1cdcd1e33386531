import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords, ProblemError } from '../data/client.ts';
import { showToast } from '../data/toasts.ts';
import type { CallAnswer, Task } from '../data/types.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { sourceName } from './view.ts';

/** Whether the same call can be made again from here. */
export const canRunAgain = (task: Task): boolean =>
  ['failed', 'lost', 'cancelled'].includes(task.status) &&
  task.source.server !== undefined &&
  task.source.tool !== undefined;

/** Makes the same call once more. It asks first, unless the tool itself says that twice does no harm. */
export function RunAgain({ task }: { readonly task: Task }) {
  const [confirming, setConfirming] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  if (!canRunAgain(task)) return null;
  const run = async (): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      tell(task, await api.runAgain(task.id));
    } catch (error) {
      setRefused(refusalWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <Button
        size="sm"
        aria-label={`Run again: ${task.title}`}
        disabled={busy}
        onClick={() => (task.source.safeToRepeat === true ? void run() : setConfirming(true))}
      >
        <RotateCw className="size-3.5" aria-hidden />
        {busy ? 'Starting…' : 'Run again'}
      </Button>
      {refused !== undefined && (
        <p role="alert" className="min-w-0 text-xs break-words text-bad">
          {refused}
        </p>
      )}
      <Confirm
        open={confirming}
        onOpenChange={setConfirming}
        title="Run it again?"
        action="Run again"
        keep="Not now"
        harmless
        onConfirm={() => void run()}
      >
        <p className="font-medium break-words text-ink">{task.title}</p>
        <p className="mt-2">
          {task.status === 'lost'
            ? 'How it ended is not known: it may have done its work, or be at it still. '
            : 'It may have done a part of its work before it ended. '}
          The tool does not say that doing it twice does no harm, so it may do its work twice.
        </p>
      </Confirm>
    </div>
  );
}

function tell(task: Task, answer: CallAnswer): void {
  const again = { sessionId: answer.sessionId, taskId: answer.taskId };
  if (answer.failure !== undefined)
    showToast(`${sourceName(task)}: ${answer.failure.message}`, { kind: 'error' });
  else if (answer.result?.isError) showToast(`${task.title}: failed again`, { kind: 'error', ...again });
  else showToast(`${task.title}: ${answer.result === undefined ? 'runs again' : 'completed'}`, again);
}

function refusalWords(error: unknown): string {
  return error instanceof ProblemError && error.problem.code === 'arguments_not_kept'
    ? 'Secrets were taken out of what is kept of this call, so it cannot be repeated from here. Call the tool again with all its arguments.'
    : errorWords(error);
}
