import { Power } from 'lucide-react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { hostState } from '../data/host-state.ts';
import { showToast } from '../data/toasts.ts';
import { useObservable } from '../hooks/use-record.ts';
import { Button } from '../ui/button.tsx';

/** While the host waits to stop: what for, and the way back. */
export function StoppingBanner() {
  const { state, waitsFor } = useObservable(hostState);
  const keep = (): void => {
    api.keepRunning().then(hostState.set, (error) => showToast(errorWords(error), { kind: 'error' }));
  };
  return (
    <div role="status" className="shrink-0">
      {state !== 'running' && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-needs/30 bg-needs-soft px-4 py-2 text-sm text-needs sm:px-6">
          <Power className="size-4 shrink-0" aria-hidden />
          <p className="min-w-0 flex-1 basis-48">
            {state === 'stopping' ? (
              'Meanwhile is stopping.'
            ) : (
              <>
                Meanwhile stops when{' '}
                <strong className="tabular-nums">
                  {waitsFor} running {waitsFor === 1 ? 'task has' : 'tasks have'}
                </strong>{' '}
                ended. Nothing new is started.
              </>
            )}
          </p>
          {state === 'waiting' && (
            <Button size="sm" onClick={keep}>
              Keep running
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
