import { Square } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { focusComposer } from '../focus-composer.ts';
import { stopTurn } from './act.ts';

/** Ends what the assistant is saying. Its tasks go on: they are stopped where they are shown. */
export function StopButton({ sessionId }: { readonly sessionId: string | undefined }) {
  const [busy, setBusy] = useState(false);
  if (sessionId === undefined) return null;
  const stop = async (): Promise<void> => {
    setBusy(true);
    await stopTurn(sessionId);
    setBusy(false);
    focusComposer();
  };
  return (
    <Button
      size="icon"
      aria-label="Stop the answer"
      title="Stop the answer. Tasks go on."
      className="rounded-xl"
      disabled={busy}
      onClick={() => void stop()}
    >
      <Square className="size-3.5 fill-current" aria-hidden />
    </Button>
  );
}
