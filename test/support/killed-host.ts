import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { type Api, type AtEnd, apiClient, ROOT } from './test-host.ts';

/** A whole host in a process of its own, to be killed. */
export interface KilledHost<Point extends string> {
  readonly api: Api;
  readonly child: ChildProcess;
  /**
   * From now on it kills itself where it comes to this point.
   * @param mark a file that the first of several leaves, so that the others live
   */
  arm(point: Point, mark?: string): Promise<void>;
  /** Settles when it has killed itself, and only then. */
  died(): Promise<void>;
  kill(): Promise<void>;
}

/** @param script a host that is told its point on standard input, relative to the root */
export async function startKilledHost<Point extends string>(
  script: string,
  folder: string,
  atEnd: AtEnd,
  env: NodeJS.ProcessEnv = {},
): Promise<KilledHost<Point>> {
  const child = spawn(process.execPath, [join(ROOT, script), folder], {
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
