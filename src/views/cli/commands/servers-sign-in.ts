import type { ServerView } from '../../../store/records.ts';
import type { SignInStart } from '../../api/contract/types.ts';
import { openLink } from '../browser/open-link.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { serverWhen } from '../client/server-when.ts';
import { EXIT } from '../exit-status.ts';
import { oneLine } from '../render/plain-text.ts';
import { serverNote } from '../render/server-words.ts';
import type { Shell } from '../terminal/shell.ts';

/** How long a person may take in the browser. */
const PATIENCE_MS = 15 * 60_000;

const pathOf = (name: string): string => `/api/servers/${encodeURIComponent(name)}`;

/**
 * Prints where to sign in to a server, opens it in the browser, and waits until the server is ready. A browser is
 * opened from a terminal alone; in a pipe there may be nobody to look at it.
 */
export async function signIn(shell: Shell, name: string, { open = true }): Promise<number> {
  const { stdout, stderr } = shell;
  const find = () => findHost(shell.env);
  const { body } = await ask<SignInStart>(await find(), `${pathOf(name)}/sign-in`, { method: 'POST' });
  const before = await ask<ServerView>(await find(), pathOf(name));
  stdout.write(`${oneLine(body.url)}\n`);
  if (open && stdout.interactive) void openLink(body.url);
  const leave = new AbortController();
  const unheed = shell.onInterrupt(() => leave.abort()); // before it is said that Ctrl-C leaves
  stderr.write('Sign in there, in a browser on this machine. Waiting for it; Ctrl-C leaves.\n');
  try {
    const server = await serverWhen(find, before.body, isBack, PATIENCE_MS, leave.signal);
    if (leave.signal.aborted) return EXIT.interrupted;
    const isIn = server.state === 'ready' && server.signIn === 'done';
    stderr.write(
      isIn
        ? `Signed in to ${server.name}: ${serverNote(server)}.\n`
        : `meanwhile: ${server.name} is not ready. ${serverNote(server)}\n`,
    );
    return isIn ? EXIT.ok : EXIT.failed;
  } finally {
    unheed();
  }
}

const isBack = ({ state, signIn }: ServerView): boolean =>
  signIn === 'done' && (state === 'ready' || state === 'failed');

export async function signOut(shell: Shell, name: string): Promise<number> {
  await ask(await findHost(shell.env), `${pathOf(name)}/sign-out`, { method: 'POST' });
  shell.stdout.write(`Signed out of ${name}; its tokens are forgotten here.\n`);
  return EXIT.ok;
}
