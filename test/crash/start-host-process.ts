import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished } from 'vitest';
import { type Api, apiClient, ROOT } from '../support/test-host.ts';

/* A whole host in a process of its own, to be killed. */

export type KillPoint = 'never' | 'row-written' | 'end-arrived' | 'end-saved' | 'message-written';

export interface HostProcess {
  readonly child: ChildProcess;
  readonly api: Api;
  readonly exited: Promise<{ signal: NodeJS.Signals | null }>;
}

export async function hostProcess(
  folder: string,
  point: KillPoint = 'never',
  env: NodeJS.ProcessEnv = {},
): Promise<HostProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'test/crash/host-process.ts'), folder, point], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const exited = once(child, 'exit').then(([, signal]) => ({ signal }));
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, token } = JSON.parse(line);
    return { child, api: apiClient(url, token), exited };
  }
  throw new Error('the host did not start');
}

export async function kill({ child, exited }: HostProcess): Promise<void> {
  child.kill('SIGKILL');
  expect(await exited).toEqual({ signal: 'SIGKILL' });
}
