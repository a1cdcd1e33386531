import { serveStdio as serveSdk } from '@modelcontextprotocol/server/stdio';
import type { Serving } from './serving.ts';
import { createToolServer } from './tool-server.ts';

const PARENT_CHECK_MS = 1_000;

/** Serves one client over stdin and stdout, and calls `end` when that client is gone. */
export function serveStdio(serving: Serving, end: () => void): void {
  serveSdk(({ era }) => createToolServer(serving, era), {
    onerror: (error) => console.error(`${serving.definition.name}: ${error.message}`),
  });
  for (const event of ['end', 'close'] as const) process.stdin.once(event, end);

  // Somebody else may hold our stdin open after the death of the client, so an end of file alone is not enough.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_CHECK_MS).unref();
}
