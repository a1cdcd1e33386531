import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { ending } from './ending.ts';
import { type Open, tempFolder } from './open.ts';

const INSTALL_MS = 60_000;
/** The Redis client is a choice left to its users; this is the one that BullMQ itself is made with. */
const PACKAGES = ['bullmq@6.7.0', 'ioredis@5'];

/** A Redis of our own with BullMQ beside it, or why there is none. */
export type Redis =
  | { readonly ok: true; readonly folder: string; readonly port: number; readonly version: string }
  | { readonly ok: false; readonly reason: string };

/** Starts redis-server on loopback, without persistence (its fastest), and installs BullMQ into a temporary folder. */
export async function startRedis(open: Open): Promise<Redis> {
  const run = promisify(execFile);
  const folder = tempFolder(open);
  let version: string;
  try {
    version = /v=(\S+)/.exec((await run('redis-server', ['--version'])).stdout)?.[1] ?? 'unknown';
  } catch {
    return { ok: false, reason: 'redis-server is not installed' };
  }
  try {
    const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
    await run('npm', ['i', ...flags, ...PACKAGES], { timeout: INSTALL_MS });
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n').slice(-2);
    return { ok: false, reason: `${PACKAGES.join(' and ')} could not be installed: ${line}` };
  }
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const child = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  open.defer(() => ending(child));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => /Ready to accept connections/.test(String(chunk)) && resolve());
    child.once('exit', () => reject(new Error('redis-server ended at once')));
  });
  return { ok: true, folder, port, version };
}

/** A port that is free at this moment. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    }),
  );
}
