import { execFile } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Open, tempFolder } from './open.ts';
import { freePort } from './redis.ts';

const PLACE = '/usr/lib/postgresql';
const run = promisify(execFile);

/** A PostgreSQL of our own, or why there is none. */
export type Postgres =
  | { readonly ok: true; readonly version: string; database(name: string): Promise<string> }
  | { readonly ok: false; readonly reason: string };

/** Starts a PostgreSQL server on loopback with its usual settings, in a folder that is gone with the scene. */
export async function startPostgres(open: Open): Promise<Postgres> {
  const bin = newest();
  if (bin === undefined) return { ok: false, reason: `PostgreSQL is not installed in ${PLACE}` };
  const folder = tempFolder(open);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    chownSync(folder, Number(stdout), Number(stdout));
  }
  /** The server refuses to run as root. */
  const as = (command: string, ...args: string[]) =>
    isRoot
      ? run('setpriv', [
          ...['--reuid=postgres', '--regid=postgres', '--clear-groups'],
          join(bin, command),
          ...args,
        ])
      : run(join(bin, command), args);
  const port = await freePort();
  const data = join(folder, 'data');
  await as('initdb', '-D', data, '-U', 'meanwhile', '-A', 'trust');
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  await as('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  open.defer(async () => {
    await as('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
  });
  const { stdout } = await run(join(bin, 'postgres'), ['--version']);
  return {
    ok: true,
    version: /[\d.]+/.exec(stdout)?.[0] ?? 'unknown',
    async database(name) {
      await as('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'meanwhile', name);
      return `postgres://meanwhile@127.0.0.1:${port}/${name}`;
    },
  };
}

function newest(): string | undefined {
  try {
    const versions = readdirSync(PLACE).sort((a, b) => Number(a) - Number(b));
    return versions.length === 0 ? undefined : join(PLACE, versions.at(-1) ?? '', 'bin');
  } catch {
    return undefined;
  }
}
