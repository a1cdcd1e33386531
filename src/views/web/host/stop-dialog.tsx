import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { cutOffBy, FATES } from '../../api/contract/fates.ts';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import type { StopPlan } from '../data/types.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Work ends while one reads: what a stop does is asked again so often. */
const ASK_AGAIN_MS = 2_000;

/** Says what a stop does to each running task, and then stops at once or waits. */
export function StopDialog({ onClose }: { onClose(): void }) {
  const plan = useQuery({
    queryKey: ['stop plan'],
    queryFn: api.stopPlan,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ASK_AGAIN_MS,
  });
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const stop = async (wait: boolean): Promise<void> => {
    setBusy(true);
    setFailed(undefined);
    try {
      await api.stopHost(wait);
      onClose();
    } catch (error) {
      setFailed(errorWords(error));
      setBusy(false);
    }
  };
  const cutOff = plan.data === undefined ? 0 : cutOffBy(plan.data);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title="Stop Meanwhile?"
      description={
        cutOff === 0
          ? 'No chat and no tool can be used until it is started again.'
          : 'Waiting starts nothing new, and stops by itself when what would be cut off has ended.'
      }
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Keep running
          </Button>
          {cutOff > 0 && (
            <Button onClick={() => void stop(true)} disabled={busy}>
              Wait, then stop
            </Button>
          )}
          <Button variant="danger" onClick={() => void stop(false)} disabled={busy || plan.isPending}>
            Stop now
          </Button>
        </>
      }
    >
      {failed !== undefined && <Alert kind="bad">{failed}</Alert>}
      {plan.isError && <Alert kind="bad">{errorWords(plan.error)}</Alert>}
      {plan.data !== undefined && <Plan plan={plan.data} />}
    </Dialog>
  );
}

function Plan({ plan }: { readonly plan: StopPlan }) {
  const { tasks, calls, turns = 0 } = plan;
  if (tasks.length === 0 && calls + turns === 0) return <p className="text-sm">Nothing is running.</p>;
  return (
    <div className="flex flex-col gap-4 text-sm">
      {FATES.map(({ fate, words }) => {
        const these = tasks.filter((task) => task.fate === fate);
        if (these.length === 0) return null;
        return (
          <section key={fate} aria-label={words}>
            <h3 className="font-semibold">
              {words} <span className="font-normal text-muted tabular-nums">{these.length}</span>
            </h3>
            <ul className="mt-1 flex list-disc flex-col gap-1 pl-5 text-soft">
              {these.map(({ id, title }) => (
                <li key={id} className="break-words">
                  {title}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {turns > 0 && (
        <p>
          {turns === 1 ? 'The assistant is answering' : `The assistant is answering in ${turns} chats`}: this
          is interrupted, and can be continued.
        </p>
      )}
      {calls > 0 && (
        <p>{calls === 1 ? 'One short call is under way too.' : `${calls} short calls are under way too.`}</p>
      )}
    </div>
  );
}
