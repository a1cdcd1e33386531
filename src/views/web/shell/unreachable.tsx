import type { Connection } from '../data/connection.ts';
import { startSync } from '../data/sync.ts';
import { Button } from '../ui/button.tsx';
import { Logo } from './logo.tsx';

/** Without a host: waiting quietly for the first data, that it was stopped, or that no host answers. */
export function Unreachable({ phase }: { readonly phase: Connection['phase'] }) {
  const waiting = phase === 'loading';
  return (
    <main className="grid h-dvh place-items-center p-5" aria-busy={waiting}>
      {waiting ? (
        <p className="sr-only">Loading…</p>
      ) : (
        <div role="status" className="flex max-w-sm flex-col items-center gap-4 text-center">
          <Logo className="size-10" />
          <h1 className="text-xl font-semibold tracking-tight">
            {phase === 'stopped' ? 'Meanwhile has stopped' : 'No host answers'}
          </h1>
          <p className="text-sm text-muted">
            {phase === 'stopped' &&
              'After the next start, one card says what became of every task that was running. '}
            Start it with <code className="font-mono text-xs">meanwhile start</code>. This page tries again by
            itself every few seconds.
          </p>
          <Button onClick={() => void startSync()}>Retry now</Button>
        </div>
      )}
    </main>
  );
}
