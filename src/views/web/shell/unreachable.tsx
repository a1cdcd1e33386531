import { startSync } from '../data/sync.ts';
import { Button } from '../ui/button.tsx';
import { Logo } from './logo.tsx';

/** Before the first data: waiting quietly, or that no host answers. */
export function Unreachable({ waiting }: { readonly waiting: boolean }) {
  return (
    <main className="grid h-dvh place-items-center p-5" aria-busy={waiting}>
      {waiting ? (
        <p className="sr-only">Loading…</p>
      ) : (
        <div className="flex max-w-sm flex-col items-center gap-4 text-center">
          <Logo className="size-10" />
          <h1 className="text-xl font-semibold tracking-tight">No host answers</h1>
          <p className="text-sm text-muted">
            Start it with <code className="font-mono text-xs">meanwhile start</code>. This page tries again by
            itself every few seconds.
          </p>
          <Button onClick={() => void startSync()}>Retry now</Button>
        </div>
      )}
    </main>
  );
}
