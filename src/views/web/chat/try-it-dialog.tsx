import { useNavigate } from '@tanstack/react-router';
import { RadioGroup } from 'radix-ui';
import { useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { records } from '../data/records.ts';
import type { Welcome } from '../data/types.ts';
import { useRecord } from '../hooks/use-record.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { beginChat } from './say.ts';

interface TryItDialogProps {
  readonly welcome: Welcome;
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

const RUNS_COMMANDS = 'It runs commands on this machine.';

/** Says what will be allowed and done, asks which folder, and then does it. */
export function TryItDialog({ welcome, open, onOpenChange }: TryItDialogProps) {
  const navigate = useNavigate();
  const server = useRecord('server', welcome.server);
  const [folder, setFolder] = useState(welcome.folders[0]?.path ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = async (): Promise<void> => {
    const text = welcome.messages.find((message) => message.path === folder)?.text;
    if (text === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      if (!welcome.enabled) {
        records.put('server', [await api.setServerEnabled(welcome.server, true)], 'answer');
      }
      const sessionId = await beginChat(text, 'First backup');
      onOpenChange(false);
      await navigate({ to: '/chat/$sessionId', params: { sessionId } });
    } catch (failure) {
      setError(errorWords(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !busy && onOpenChange(next)}
      title="A first backup"
      description="Before anything runs, this is what you allow."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" onClick={() => void run()} disabled={busy || folder === ''}>
            {busy ? 'Starting…' : welcome.enabled ? 'Run the backup' : 'Turn on and run the backup'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {error !== undefined && <Alert kind="bad">{error}</Alert>}
        <Alert kind="note">
          <p>
            The <strong className="text-ink">{server?.title ?? welcome.server}</strong> server{' '}
            {welcome.enabled ? 'is on already.' : 'will be turned on.'} {server?.description ?? RUNS_COMMANDS}{' '}
            It does so with your rights, and only when a chat asks for it, until you turn it off under{' '}
            <em>Tools &amp; servers</em>.
          </p>
        </Alert>
        <fieldset>
          <legend className="pb-2 text-sm font-medium">Folder to back up</legend>
          <RadioGroup.Root
            value={folder}
            onValueChange={setFolder}
            aria-label="Folder to back up"
            className="flex flex-col gap-1.5"
          >
            {welcome.folders.map(({ path, label }) => (
              <RadioGroup.Item
                key={path}
                value={path}
                className="flex items-center gap-3 rounded-lg border border-line px-3 py-2 text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
              >
                <span className="grid size-4 shrink-0 place-items-center rounded-full border border-muted">
                  <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
                </span>
                <span className="min-w-0">
                  <span className="block text-sm font-medium">{label}</span>
                  <span className="block truncate font-mono text-xs text-muted">{path}</span>
                </span>
              </RadioGroup.Item>
            ))}
          </RadioGroup.Root>
        </fieldset>
        <p className="text-sm text-soft">
          The copy goes to <code className="font-mono text-xs break-all text-ink">{welcome.destination}</code>
          . The folder itself is not changed.
        </p>
      </div>
    </Dialog>
  );
}
