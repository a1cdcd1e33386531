import type { ServerView } from '../../../store/records.ts';
import type { ServerBody } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { settledServer } from '../client/settled-server.ts';
import { EXIT } from '../exit-status.ts';
import { serverColour, serverNote } from '../render/server-words.ts';
import type { Shell } from '../terminal/shell.ts';

const STATE_WORDS: Readonly<Record<ServerView['state'], string>> = {
  ready: 'is ready',
  connecting: 'is still connecting',
  failed: 'has failed',
  off: 'is off',
  removed: 'is removed',
};

const pathOf = (name: string): string => `/api/servers/${encodeURIComponent(name)}`;

export const enableServer = (shell: Shell, name: string): Promise<number> =>
  change(shell, 'PATCH', pathOf(name), { enabled: true });

export const disableServer = (shell: Shell, name: string): Promise<number> =>
  change(shell, 'PATCH', pathOf(name), { enabled: false });

/** Connects a failed server now instead of at the end of the pause. */
export const retryServer = (shell: Shell, name: string): Promise<number> =>
  change(shell, 'POST', `${pathOf(name)}/retry`);

export const addServer = (shell: Shell, entry: ServerBody): Promise<number> =>
  change(shell, 'POST', '/api/servers', entry);

export async function removeServer(shell: Shell, name: string): Promise<number> {
  await ask(await findHost(shell.env), pathOf(name), { method: 'DELETE' });
  shell.stdout.write(`${name} is removed.\n`);
  return EXIT.ok;
}

/** Changes a server and says what became of it: failed when it does not connect. */
async function change(shell: Shell, method: 'POST' | 'PATCH', path: string, body?: unknown): Promise<number> {
  const find = () => findHost(shell.env);
  const answer = await ask<ServerView>(await find(), path, { method, body });
  return tellServer(shell, find, answer.body);
}

/** Waits until a changed server has connected or failed, and says which. */
export async function tellServer(
  shell: Shell,
  find: () => Promise<Host>,
  changed: ServerView,
): Promise<number> {
  const server = await settledServer(find, changed);
  const { write, paint } = shell.stdout;
  const note = server.state === 'off' ? '' : serverNote(server);
  const state = paint(STATE_WORDS[server.state], serverColour(server));
  write(`${server.name} ${state}${note ? `: ${note}` : ''}\n`);
  return server.state === 'failed' ? EXIT.failed : EXIT.ok;
}
