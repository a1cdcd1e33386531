import { flushCompileCache } from 'node:module';
import { dataFolder } from '../base/data-folder.ts';
import { AppError } from '../base/errors.ts';
import { createLogger } from '../base/log.ts';
import { VERSION } from '../base/version.ts';
import { APP, signInLink, startHost } from './start-host.ts';
import { untilStopped } from './until-stopped.ts';
import { ensureWebBuild } from './web-build.ts';

export const DEFAULT_PORT = 4680;

/**
 * Runs the host until it is told to stop (signals, or the API), and prints the one link that signs the browser in.
 * @throws {AppError} what keeps it from starting, in words
 */
export async function runHost(options: {
  port?: number;
  host?: string;
  env: NodeJS.ProcessEnv;
}): Promise<void> {
  const { env, host = '127.0.0.1' } = options;
  const log = createLogger(env.MEANWHILE_LOG ?? 'warn');
  const pages = ensureWebBuild(APP, (text) => process.stdout.write(`${text}\n`));
  pages.catch(() => {}); // seen where it is awaited
  const running = await startHost({
    folder: dataFolder(env),
    port: options.port ?? portFrom(env),
    hostname: host,
    env,
    log,
    pages,
  });
  const stopped = untilStopped(running, (text) => process.stdout.write(text));
  process.stdout.write(
    `\nMeanwhile ${VERSION} is running.\n\n  Open   ${signInLink(running)}\n  Data   ${running.folder}\n  Stop   Ctrl-C\n\n`,
  );
  flushCompileCache(); // now, because a host may be killed rather than stopped
  await stopped;
  process.stdout.write('Stopped.\n');
}

function portFrom(env: NodeJS.ProcessEnv): number {
  if (env.PORT === undefined || env.PORT === '') return DEFAULT_PORT;
  const port = Number(env.PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AppError('invalid_request', `PORT must be a whole number from 0 to 65535; it is “${env.PORT}”.`, {
    fields: [{ field: 'PORT', expected: 'a whole number from 0 to 65535' }],
  });
}
