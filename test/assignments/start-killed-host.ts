import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { type Api, type AtEnd, apiClient, ROOT } from '../support/test-host.ts';

export type KillPoint =
  | 'before the run is kept'
  | 'when the run is kept'
  | 'when it has begun'
  | 'before its call is sent'
  | 'before the end of its call is kept'
  | 'when the end of its call is kept'
  | 'before its second step is kept'
  | 'before the end of the run is kept'
  | 'when the end of the run is kept'
  | 'never';

/** A whole host in a process of its own, to be killed. */
export interface KilledHost {
  readonly api: Api;
  readonly child: ChildProcess;
  /**
   * From now on it kills itself where it comes to this point.
   * @param mark a file that the first of several leaves, so that the others live
   */
  arm(point: KillPoint, mark?: string): Promise<void>;
  /** Settles when it has killed itself, and only then. */
  died(): Promise<void>;
  kill(): Promise<void>;
}

export async function killedHost(
  folder: string,
  atEnd: AtEnd,
  env: NodeJS.ProcessEnv = {},
): Promise<KilledHost> {
  const child = spawn(process.execPath, [join(ROOT, 'test/assignments/killed-host.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const exited = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  atEnd(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const { url, token } = JSON.parse(await next());
  const died = async () => expect(await exited).toBe('SIGKILL');
  return {
    api: apiClient(url, token),
    child,
    async arm(point, mark = '') {
      child.stdin.write(`${point}\t${mark}\n`);
      expect(await next()).toBe('armed');
    },
    died,
    async kill() {
      child.kill('SIGKILL');
      await died();
    },
  };
}
