import { setImmediate as nextTurn } from 'node:timers/promises';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type Options, parseOptions, USAGE } from './options.ts';
import { Runs } from './run/runs.ts';
import { createServer } from './server.ts';

const PARENT_CHECK_MS = 1_000;

const options = readOptions();
const runs = new Runs(options.maxConcurrent);
let isEnding = false;

/** Ends everything that runs, then the server. */
async function end(exitStatus: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await runs.close();
  await nextTurn(); // the last results are written in this turn
  process.exit(exitStatus);
}

serveStdio(({ era }) => createServer(options, runs, era), {
  onerror: (error) => console.error(`command: ${error.message}`),
});
for (const event of ['end', 'close'] as const) process.stdin.once(event, () => void end(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('uncaughtException', (error) => {
  console.error(error);
  void end(1);
});

// Somebody else may hold our stdin open after the death of the client, so an end of file alone is not enough.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void end(0);
}, PARENT_CHECK_MS).unref();

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}
