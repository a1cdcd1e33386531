import { createLogger } from '../../src/base/log.ts';
import { type RunningHost, startHost } from '../../src/host/start-host.ts';
import { answer } from '../rig/answer.ts';

/* A whole host without the pages, and what it uses of the machine. */

export interface HostUsage {
  readonly atMs: number;
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

let host: RunningHost | undefined;

answer(
  {
    async start(folder: string) {
      host = await startHost({
        folder,
        port: 0,
        hostname: '127.0.0.1',
        env: { ...process.env, DATABASE_URL: '' },
        log: createLogger(process.env.MEANWHILE_LOG ?? 'error'),
      });
      return { url: host.url, token: host.token };
    },
    usage(): HostUsage {
      const { user, system } = process.cpuUsage();
      const { rss, heapUsed } = process.memoryUsage();
      return {
        atMs: performance.now(),
        cpuMs: (user + system) / 1_000,
        rssMb: rss / 2 ** 20,
        heapMb: heapUsed / 2 ** 20,
      };
    },
  },
  async () => host?.close(),
);
