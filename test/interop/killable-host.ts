import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AtEnd, ROOT } from '../support/test-host.ts';

import { type Board, boardOf } from './board.ts';

export interface KillableHost {
  readonly board: Board;
  kill(): Promise<void>;
}

/** A whole host in a process of its own, on a folder that is there. */
export async function killableHost(folder: string, atEnd: AtEnd): Promise<KillableHost> {
  const child = spawn(process.execPath, [join(ROOT, 'test/crash/host-process.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  atEnd(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, token } = JSON.parse(line);
    return {
      board: boardOf({ url, token }, atEnd),
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  }
  throw new Error('the host did not start');
}
