import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import { processesWith } from '../support/processes.ts';
import { type AtEnd, ROOT } from '../support/test-host.ts';
import { isLocal, type Row } from './rows.ts';

/** A server of the matrix: started by the host over stdio, or by us behind an address. */
export interface FixtureServer {
  readonly entry: ServerEntry;
  /** Behind an address it is there again at the same one when this settles. */
  killAndRestart(): Promise<void>;
}

/** @param mark a word on the command line by which its processes are found */
export async function fixtureServer(
  row: Row,
  mark: string,
  state: string,
  atEnd: AtEnd,
): Promise<FixtureServer> {
  const commandLine = (port: number) => [
    join(ROOT, 'test/fixtures', row.file),
    ...row.args.map((word) => word.replace('PORT', String(port)).replace('STATE', state)),
    `--mark=${mark}`,
  ];
  if (isLocal(row))
    return {
      entry: { command: process.execPath, args: commandLine(0) },
      async killAndRestart() {
        const pids = processesWith(`--mark=${mark}`);
        if (pids.length === 0) throw new Error('the server does not run');
        for (const pid of pids) process.kill(pid, 'SIGKILL');
      },
    };

  let running = await start(commandLine(0));
  const { port } = running;
  atEnd(() => running.kill());
  return {
    entry: { url: `http://127.0.0.1:${port}/${row.args[0] === 'sse' ? 'sse' : 'mcp'}` },
    async killAndRestart() {
      await running.kill();
      running = await start(commandLine(port));
    },
  };
}

async function start(args: readonly string[]): Promise<{ port: number; kill(): Promise<void> }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) return { port: Number(line), kill };
  throw new Error(`the server ended before it said its port: ${args.join(' ')}`);
}
