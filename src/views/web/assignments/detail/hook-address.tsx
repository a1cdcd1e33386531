import { useState } from 'react';
import { api } from '../../data/api.ts';
import { errorWords } from '../../data/client.ts';
import { showToast } from '../../data/toasts.ts';
import type { Assignment, HookAddress } from '../../data/types.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { HookKeysDialog } from '../hook-keys-dialog.tsx';

/** Of a hook only the last characters of its address are known; a new one can be made. */
export function HookAddressFact({ assignment }: { readonly assignment: Assignment }) {
  const [asking, setAsking] = useState(false);
  const [keys, setKeys] = useState<HookAddress>();
  const { trigger, hookHint, id, title } = assignment;
  if (trigger.type !== 'event' || trigger.source.kind !== 'hook') return null;
  const renew = async (): Promise<void> => {
    try {
      setKeys(await api.renewHook(id));
    } catch (error) {
      showToast(`${title}: ${errorWords(error)}`, { kind: 'error' });
    }
  };
  return (
    <div>
      <dt className="text-xs text-muted">Its address</dt>
      <dd className="mt-0.5 flex flex-wrap items-baseline gap-x-3 text-sm">
        <code className="font-mono text-xs">/api/hooks/…{hookHint}</code>
        <button
          type="button"
          onClick={() => setAsking(true)}
          className="text-xs font-medium text-accent-ink hover:underline"
        >
          New address
        </button>
      </dd>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Make a new address?"
        action="Make a new one"
        keep="Not now"
        onConfirm={() => void renew()}
      >
        The address that it has stops working at once. Whoever calls it has to be told the new one.
      </Confirm>
      {keys !== undefined && <HookKeysDialog keys={keys} onClose={() => setKeys(undefined)} />}
    </div>
  );
}
