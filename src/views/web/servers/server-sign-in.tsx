import { ExternalLink, LogOut } from 'lucide-react';
import { useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { showToast } from '../data/toasts.ts';
import type { ServerView } from '../data/types.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';

/** A server that lets nobody in, or not to everything, until somebody has signed in to it. */
export function SignInNeeded({ server }: { readonly server: ServerView }) {
  const [opened, setOpened] = useState(false);
  return (
    <div className="px-4 pb-4">
      <Alert kind="needs">
        <p className="font-medium">
          {server.state === 'ready'
            ? 'For some of its tools this server wants you to sign in anew.'
            : 'This server wants you to sign in.'}
        </p>
        <p className="mt-1">
          {opened
            ? 'Sign in on the page in the other tab; this one goes on by itself.'
            : 'Its own page opens in a new tab. Meanwhile never sees your password.'}
        </p>
        <Button
          size="sm"
          className="mt-2.5"
          aria-label={`Sign in to ${server.title ?? server.name}`}
          onClick={() => {
            setOpened(true);
            void openSignIn(server.name).catch(() => setOpened(false));
          }}
        >
          <ExternalLink className="size-3.5" aria-hidden />
          {opened ? 'Open the page again' : 'Sign in'}
        </Button>
      </Alert>
    </div>
  );
}

export function SignOut({ server, onSignOut }: { readonly server: ServerView; onSignOut(): void }) {
  return (
    <Button
      variant="ghost"
      size="sm"
      className="text-muted"
      onClick={onSignOut}
      aria-label={`Sign out of ${server.title ?? server.name}`}
    >
      <LogOut className="size-3.5" aria-hidden />
      Sign out
    </Button>
  );
}

/** The tab is opened within the click, before the address is known: later, browsers would keep it from opening. */
async function openSignIn(name: string): Promise<void> {
  const tab = window.open('about:blank', '_blank');
  try {
    const { url } = await api.signInToServer(name);
    if (tab === null) throw new Error('The browser keeps new tabs from opening.');
    tab.opener = null;
    tab.location.replace(url);
  } catch (error) {
    tab?.close();
    showToast(`${name}: ${errorWords(error)}`, { kind: 'error' });
    throw error;
  }
}
