import { type FormEvent, useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { startSync } from '../data/sync.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Logo } from './logo.tsx';

export function SignIn() {
  const [token, setToken] = useState('');
  const [error, setError] = useState<string | undefined>(() =>
    new URLSearchParams(window.location.search).get('signin') === 'failed'
      ? 'The link did not carry the token of this host. It may be from before.'
      : undefined,
  );
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await api.signIn(token.trim());
      await startSync();
    } catch (failure) {
      setError(errorWords(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="grid h-dvh place-items-center overflow-y-auto bg-side p-5">
      <form
        onSubmit={submit}
        className="flex w-full max-w-sm flex-col gap-5 rounded-2xl border border-line bg-raised p-7 shadow-pop"
      >
        <div className="flex flex-col gap-3">
          <Logo className="size-9" />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Sign in to Meanwhile</h1>
            <p className="mt-1 text-sm text-muted">
              Only who has the token of this host gets in.{' '}
              <code className="font-mono text-xs">meanwhile start</code> prints a link that signs you in by
              itself.
            </p>
          </div>
        </div>
        <TextField
          label="Token"
          type="password"
          autoComplete="current-password"
          autoFocus
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
          error={error}
          hint="It also stands in the file “token” in the data folder of the host."
        />
        <Button type="submit" variant="primary" disabled={busy || token.trim() === ''}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}
