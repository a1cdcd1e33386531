import { setTimeout as wait } from 'node:timers/promises';
import type { HostState } from '../../api/contract/types.ts';
import { addressOf, headersFor } from './ask.ts';
import type { Host } from './find-host.ts';
import { readEvents } from './read-events.ts';

const LOOK_AGAIN_MS = 200;
/** The ends of its work are saved before the process goes; a process that is not ours to see never goes. */
const PROCESS_GONE_MS = 30_000;

/**
 * Follows a host that was asked to stop, until its process is gone, or it was asked to go on after all.
 * @param waits it was asked to wait for its work, so that `running` means that somebody took this back
 * @throws {Error} when the signal calls it off
 */
export async function followHost(
  host: Host,
  waits: boolean,
  seen: (state: HostState) => void,
  signal: AbortSignal,
): Promise<'stopped' | 'kept'> {
  for (;;) {
    signal.throwIfAborted();
    const body = await events(host, signal);
    if (body === undefined) break;
    try {
      for await (const event of readEvents(body)) {
        if (event.event !== 'host') continue;
        const state = JSON.parse(event.data) as HostState;
        seen(state);
        if (state.state === 'running' && waits) return 'kept';
      }
    } catch {
      // The line broke: looking again tells whether the host is gone.
    }
  }
  const deadline = performance.now() + PROCESS_GONE_MS;
  while (host.pid !== undefined && isAlive(host.pid) && performance.now() < deadline)
    await wait(LOOK_AGAIN_MS, undefined, { signal });
  return 'stopped';
}

/** @returns undefined when nobody answers any more */
async function events(host: Host, signal: AbortSignal) {
  try {
    const response = await fetch(addressOf(host, '/api/events'), { headers: headersFor(host), signal });
    return response.ok ? (response.body ?? undefined) : undefined;
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
