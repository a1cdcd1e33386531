import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ending } from './ending.ts';
import type { Open } from './open.ts';
import { ROOT } from './paths.ts';
import { freePort } from './redis.ts';

const LONGEST_MS = 30_000;

export interface StartTime {
  /** From the spawning of the process, in milliseconds. */
  readonly healthMs: number;
  readonly tasksMs: number;
}

/**
 * Starts a whole process that serves HTTP, and ends it again.
 * @param args what follows `node`; `{port}` stands for the port
 * @param folder the data folder; its token opens the API. Without it only the first answer counts
 */
export async function startTime(open: Open, args: readonly string[], folder?: string): Promise<StartTime> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(
    process.execPath,
    args.map((arg) => arg.replace('{port}', String(port))),
    {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: '', ...(folder === undefined ? {} : { MEANWHILE_HOME: folder }) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-2_000)));
  open.defer(() => ending(child));
  const since = () => performance.now() - startedMs;
  const gone = () => {
    if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}: ${said}`);
    if (since() > LONGEST_MS) throw new Error(`it did not answer within ${LONGEST_MS} ms: ${said}`);
  };
  const agent = new Agent({ keepAlive: true });
  const until = async (path: string, token?: () => string) => {
    while ((await statusOf(port, path, agent, token?.())) !== 200) {
      gone();
      await pause(1);
    }
    return since();
  };
  const healthMs = await until('/healthz');
  const tasksMs = folder === undefined ? healthMs : await until('/api/tasks', () => tokenIn(folder));
  agent.destroy();
  await ending(child);
  return { healthMs, tasksMs };
}

function tokenIn(folder: string): string {
  const file = join(folder, 'token');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** @returns 0 while nothing answers */
function statusOf(port: number, path: string, agent: Agent, token = ''): Promise<number> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}` };
    get({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', () => resolve(0));
  });
}
