import { createLogger } from '../../src/base/log.ts';
import { type RunningHost, startHost } from '../../src/host/start-host.ts';

/*
 * What the hosts of `startKilledHost` run: a whole host in a process of its own, which says where it is served, and is told
 * on its standard input at which point it is to kill itself. The points are set from outside, on the engine, the transport
 * and the commits, so that the product holds no switch for them.
 */

/** @param armed is told each line, as `arm` has sent it: the point, and the mark that the first of several leaves */
export async function runHostToKill(armed: (point: string, mark: string) => void): Promise<RunningHost> {
  const [, , folder = ''] = process.argv;
  const host = await startHost({
    folder,
    port: 0,
    hostname: '127.0.0.1',
    env: process.env,
    log: createLogger(process.env.MEANWHILE_LOG ?? 'silent'),
  });
  process.stdin.setEncoding('utf8').on('data', (line) => {
    const [point = 'never', mark = ''] = String(line).trim().split('\t');
    armed(point, mark);
    process.stdout.write('armed\n');
  });
  process.stdin.unref?.();
  process.stdout.write(`${JSON.stringify({ url: host.url, token: host.token })}\n`);
  process.on('SIGTERM', () => void host.close().then(() => process.exit(0)));
  return host;
}
