import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { type Address, readAddress } from '../../../base/elicitation/address.ts';
import type { Question, Task } from '../data/types.ts';
import { useObservable } from '../hooks/use-record.ts';
import { Alert } from '../ui/alert.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { draftOf } from './drafts.ts';

/** A page where the answer is given. It is never opened by itself, and its host is there to be read first. */
export function QuestionLink({ task, question }: { readonly task: Task; readonly question: Question }) {
  const [asking, setAsking] = useState(false);
  const draft = draftOf(task.id, question);
  const { opened } = useObservable(draft);
  const address = readAddress(question.url);
  if (address === undefined)
    return (
      <Alert kind="bad">
        The server names an address that is not opened from here, because it is neither http nor https:{' '}
        <code className="font-mono text-xs break-all">{question.url ?? 'none'}</code>
      </Alert>
    );
  return (
    <div className="flex flex-col gap-3">
      <AddressBox address={address} />
      <p className="text-xs text-muted">
        The answer is given on that page. What you enter there does not come by Meanwhile.
      </p>
      <Button size="sm" className="self-start" onClick={() => setAsking(true)}>
        <ExternalLink className="size-3.5" aria-hidden />
        {opened === true ? 'Open the page again…' : 'Open the page…'}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Open ${address.host}?`}
        description={
          <p>
            The server <strong className="text-ink">{task.source.server}</strong> asks you to open this
            address in a new tab. Open it only if you expected that and know the host.
          </p>
        }
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Not now</Button>
            <a
              href={address.href}
              target="_blank"
              rel="noopener noreferrer"
              className={buttonClass('primary')}
              onClick={() => {
                draft.set({ ...draft.get(), opened: true });
                setAsking(false);
              }}
            >
              Open {address.host.length > 40 ? 'it' : address.host}
            </a>
          </>
        }
      >
        <AddressBox address={address} />
      </Dialog>
    </div>
  );
}

function AddressBox({ address }: { readonly address: Address }) {
  return (
    <div className="rounded-lg border border-line bg-sunken px-3 py-2.5">
      <p className="text-md font-semibold break-all">{address.host}</p>
      <p className="mt-0.5 font-mono text-xs break-all text-muted">{address.href}</p>
      {address.doubtful !== undefined && (
        <p className="mt-1.5 text-xs font-medium text-bad">
          {address.doubtful === 'user'
            ? 'There is a name before the host. Addresses that pretend to be others are written so.'
            : 'The address is not encrypted (http): others on the way can read what you enter.'}
        </p>
      )}
    </div>
  );
}
