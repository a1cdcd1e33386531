import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished } from 'vitest';
import { type Api, apiClient, ROOT } from '../support/test-host.ts';

export type KillPoint =
  | 'when a use is about to be sent'
  | 'when a call is recorded'
  | 'when an end is delivered'
  | 'when the turn that follows an end has begun'
  | 'when the turn that follows an end is over'
  | 'when a follow-up is said'
  | 'never';

/** A whole host in a process of its own, to be killed. */
export interface KilledHost {
  readonly api: Api;
  /** From now on it kills itself where it comes to this point. */
  arm(point: KillPoint): Promise<void>;
  /** Settles when it has been killed, and only then. */
  died(): Promise<void>;
  kill(): Promise<void>;
}

export async function killedHost(folder: string): Promise<KilledHost> {
  const child = spawn(process.execPath, [join(ROOT, 'test/assistant/killed-host.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const { url, token } = JSON.parse(await next());
  const died = async () => expect(await exited).toBe('SIGKILL');
  return {
    api: apiClient(url, token),
    async arm(point) {
      child.stdin.write(`${point}\n`);
      expect(await next()).toBe('armed');
    },
    died,
    async kill() {
      child.kill('SIGKILL');
      await died();
    },
  };
}
