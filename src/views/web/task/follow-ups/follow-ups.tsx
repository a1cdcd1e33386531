import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CornerDownRight, Pencil, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../data/api.ts';
import { errorWords } from '../../data/client.ts';
import { showToast } from '../../data/toasts.ts';
import type { Task } from '../../data/types.ts';
import { plainText } from '../../text/plain.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { FollowUpForm } from './follow-up-form.tsx';
import { type FollowUp, whenWords } from './follow-up-words.ts';

/** The assistant adds some of its own, of which no event tells. */
const LOOKED_AT_EVERY_MS = 5_000;

/** What is to be said in its chat when a running task has come so far. */
export function FollowUps({ task }: { readonly task: Task }) {
  const queries = useQueryClient();
  const key = ['follow-ups', task.id];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => api.followUps(task.id),
    staleTime: 0,
    refetchInterval: LOOKED_AT_EVERY_MS,
  });
  const [form, setForm] = useState<FollowUp | 'new'>();
  const refresh = () => queries.invalidateQueries({ queryKey: key });
  const save = async (wanted: Pick<FollowUp, 'when' | 'text'>): Promise<void> => {
    if (typeof form === 'object') await api.changeFollowUp(task.id, form.id, wanted);
    else await api.addFollowUp(task.id, wanted);
    setForm(undefined);
    await refresh();
  };
  const remove = async ({ id }: FollowUp): Promise<void> => {
    try {
      await api.removeFollowUp(task.id, id);
    } catch (error) {
      showToast(errorWords(error), { kind: 'error' });
    }
    await refresh();
  };
  const mute = async (muted: boolean): Promise<void> => {
    try {
      await api.muteTask(task.id, muted);
    } catch (error) {
      showToast(errorWords(error), { kind: 'error' });
    }
    await refresh();
  };
  const all = data?.followUps ?? [];
  return (
    <div className="flex flex-col gap-2">
      {(data?.awaited || data?.muted) && (
        <div className="flex items-center gap-3 rounded-lg border border-line py-2 pr-3 pl-3">
          <span className="min-w-0 flex-1 text-sm">
            The assistant {data.muted ? 'says nothing' : 'looks at the result and speaks up'} when it ends
          </span>
          <Switch
            label="The assistant speaks up when it ends"
            checked={!data.muted}
            onCheckedChange={(speaks) => void mute(!speaks)}
          />
        </div>
      )}
      {all.length > 0 && (
        <ul aria-label="Follow-ups" className="divide-y divide-line rounded-lg border border-line">
          {all.map((each) => (
            <li key={each.id} className="flex items-start gap-2.5 py-2 pr-1.5 pl-3">
              <CornerDownRight className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
              <div className="min-w-0 flex-1">
                <p className="text-sm break-words whitespace-pre-wrap">{plainText(each.text)}</p>
                <p className="text-xs text-muted">
                  {whenWords(each.when)}
                  {each.by === 'assistant' && ' · by the assistant'}
                </p>
              </div>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Change: ${each.text}`}
                onClick={() => setForm(each)}
              >
                <Pencil className="size-3.5" aria-hidden />
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Drop: ${each.text}`}
                onClick={() => void remove(each)}
              >
                <X className="size-3.5" aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {form === undefined ? (
        <Button size="sm" variant="ghost" className="-ml-2.5 self-start" onClick={() => setForm('new')}>
          <Plus className="size-3.5" aria-hidden />
          Add a follow-up
        </Button>
      ) : (
        <FollowUpForm
          key={form === 'new' ? 'new' : form.id}
          task={task}
          first={form === 'new' ? undefined : form}
          onSave={save}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  );
}
