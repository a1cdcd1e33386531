import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AtEnd, ROOT } from './test-host.ts';

/** A server of `test/fixtures` in a process of its own, on a free port unless one is named; ended at the end. */
export async function httpFixture(
  file: string,
  atEnd: AtEnd = onTestFinished,
  port = 0,
  options: readonly string[] = [],
  transport = 'http',
): Promise<{ url: string; kill(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'test/fixtures', file), transport, String(port), ...options],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  atEnd(kill);
  const [said] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${String(said).trim()}/mcp`, kill };
}
