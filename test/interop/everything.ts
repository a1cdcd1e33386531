import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import { eventually } from '../support/eventually.ts';
import { type AtEnd, ROOT } from '../support/test-host.ts';
import { answerAll } from './answer-all.ts';
import type { Board } from './board.ts';
import { begin, failed, finish, type Scenario } from './cell.ts';
import type { FixtureServer } from './fixture-server.ts';
import { succeeded } from './outcome.ts';
import { cellName, type Matrix } from './run.ts';

/* A server that nobody of us wrote: `@modelcontextprotocol/server-everything`, on each of its transports. */

const PROGRAM = join(ROOT, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
export const EVERYTHING_ROWS = { stdio: 'stdio', streamableHttp: 'HTTP, session', sse: 'HTTP+SSE' };

const LONG = 'trigger-long-running-operation';
const RESEARCH = 'simulate-research-query';

export const EVERYTHING = {
  long: {
    title: 'plain: progress and result',
    tool: LONG,
    args: () => ({ duration: 1, steps: 4 }),
    text: 'Long running operation completed',
    sees: (task) =>
      task.progress?.value === 4 ? succeeded('completed, every step')(task) : succeeded('completed')(task),
    truth: 'completed, every step',
  },
  ignores: {
    title: 'plain: goes on all the same',
    tool: LONG,
    args: () => ({ duration: 5, steps: 25 }),
    during: ({ cancel }) => cancel(),
    text: '',
    truth: 'lost',
  },
  research: {
    title: 'task: result',
    tool: RESEARCH,
    args: () => ({ topic: 'rivers' }),
    text: 'Research Report: rivers',
    truth: 'completed',
  },
  asks: {
    title: 'task: asks',
    tool: RESEARCH,
    args: () => ({ topic: 'rivers', ambiguous: true }),
    during: answerAll,
    sees: succeeded('answered'),
    text: 'rivers (technical)',
    truth: 'answered',
  },
  stops: {
    title: 'task: asked to stop',
    tool: RESEARCH,
    args: () => ({ topic: 'rivers' }),
    during: ({ cancel }) => cancel(),
    text: '',
    truth: 'stopped',
  },
} as const satisfies Record<string, Scenario>;

export type EverythingTransport = keyof typeof EVERYTHING_ROWS;
export const everythingEntry = (transport: EverythingTransport): string => `everything-${transport}`;

/** Starts it where it is not for the host to start. */
export async function everythingServer(transport: EverythingTransport, atEnd: AtEnd): Promise<ServerEntry> {
  if (transport === 'stdio') return { command: process.execPath, args: [PROGRAM, 'stdio'] };
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, transport], {
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port) },
  });
  const exited = once(child, 'exit');
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const url = `http://127.0.0.1:${port}/${transport === 'sse' ? 'sse' : 'mcp'}`;
  await eventually(() =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    ),
  );
  return { url };
}

export async function runEverything(
  transport: EverythingTransport,
  board: Board,
  matrix: Matrix,
): Promise<void> {
  const server: FixtureServer = { entry: {}, killAndRestart: async () => {} }; // it lives through all of this
  const run = async (name: keyof typeof EVERYTHING) => {
    const begun = begin(board, everythingEntry(transport), server, EVERYTHING[name], '');
    const seen = await begun.then((cell) => finish(cell, EVERYTHING[name])).catch(failed);
    matrix.set(cellName(everythingEntry(transport), name), seen);
  };
  await Promise.all((Object.keys(EVERYTHING) as (keyof typeof EVERYTHING)[]).map(run));
}

/** It has no way to say which port it took. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
