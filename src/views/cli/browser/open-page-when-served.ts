import { setTimeout as wait } from 'node:timers/promises';
import { findHost } from '../client/find-host.ts';
import { openLink } from './open-link.ts';

const LOOK_EVERY_MS = 100;

/**
 * Opens the page in the browser as soon as the host with this pid has written where it answers. Where no
 * browser can be opened nothing happens: the link is printed anyway.
 */
export async function openPageWhenServed(env: NodeJS.ProcessEnv, pid: number, signal: AbortSignal) {
  while (!signal.aborted) {
    const host = await findHost(env).catch(() => undefined);
    if (host?.pid === pid) {
      const link = `${host.url}/signin?token=${encodeURIComponent(host.token ?? '')}`;
      void openLink(link);
      return;
    }
    await wait(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}
