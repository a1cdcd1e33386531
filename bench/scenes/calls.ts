import type { Figure } from '../report/figure.ts';
import { median, quantile } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { folderWith, startBenchHost } from '../rig/host.ts';
import { WORK_SERVER } from '../rig/paths.ts';
import { startWorker } from '../rig/worker.ts';
import type { Scene } from './scene.ts';

const KILOBYTE = 'x'.repeat(1_024);
const ENTRY = { command: process.execPath, args: [WORK_SERVER, 'stdio'] };
const MOST_RATIO = 1.15;
const MOST_MORE_MS = 0.5;

/** A tool call through Meanwhile, everything saved, against the same call by the raw MCP client. */
export const calls: Scene = async ({ quick, open, say }) => {
  const rounds = quick ? 5 : 9;
  const count = quick ? 200 : 300;
  const servers = { lab: ENTRY };
  const worker = startWorker(open, 'calls');
  await worker.ask('start', { folder: folderWith(open, servers), ...ENTRY });
  const host = await startBenchHost(open, folderWith(open, servers));
  const plain = startWorker(open, 'plain-http');
  const plainUrl = await plain.ask<string>('start');
  const client = startWorker(open, 'http-client');

  const echo = { tool: 'echo', arguments: { text: KILOBYTE }, count };
  const slow = { tool: 'silent', arguments: { ms: 5 }, count: Math.ceil(count / 10) };
  const over = (url: string, path: string) => () =>
    client.ask<Float64Array>('timed', {
      url,
      token: host.token,
      method: 'POST',
      paths: [path],
      body: { arguments: echo.arguments },
      count,
    });
  const contestants = {
    raw: () => worker.ask<Float64Array>('raw', echo),
    saved: () => worker.ask<Float64Array>('rawSaved', echo),
    hub: () => worker.ask<Float64Array>('hub', echo),
    api: over(host.url, '/api/servers/lab/tools/echo'),
    http: over(plainUrl, '/'),
    slowRaw: () => worker.ask<Float64Array>('raw', slow),
    slowHub: () => worker.ask<Float64Array>('hub', slow),
  };
  say('warming up');
  await alternate(2, contestants);
  say(`${rounds} rounds of ${count} calls`);
  const rows = await alternate(rounds, contestants);

  const at = (name: keyof typeof rows, share: number) =>
    median(rows[name].map((durations) => quantile(durations, share)));
  const pair = (name: string, ours: keyof typeof rows, theirs: keyof typeof rows, share: number): Figure => ({
    scene: 'calls',
    name,
    value: at(ours, share),
    unit: 'ms',
    yardstick: { name: 'raw client', value: at(theirs, share) },
  });
  const inside = pair('1 KB echo in process, p50', 'hub', 'raw', 0.5);
  const raw = inside.yardstick?.value ?? 0;
  return [
    {
      scene: 'calls',
      name: 'what saving costs at least: raw client and bare SQLite, p50',
      value: at('saved', 0.5),
      unit: 'ms',
      yardstick: { name: 'raw client', value: raw },
      note: 'one row in one table, written before the call and again after it, not synced',
    },
    {
      ...inside,
      target: {
        text: `≤ ${MOST_RATIO} × and ≤ ${MOST_MORE_MS} ms more`,
        met: inside.value <= raw * MOST_RATIO && inside.value - raw <= MOST_MORE_MS,
      },
    },
    pair('1 KB echo in process, p95', 'hub', 'raw', 0.95),
    pair('5 ms tool in process, p50', 'slowHub', 'slowRaw', 0.5),
    pair('5 ms tool in process, p95', 'slowHub', 'slowRaw', 0.95),
    {
      ...pair('1 KB echo over the HTTP API, p50', 'api', 'raw', 0.5),
      note: `plain HTTP with an empty handler alone takes ${at('http', 0.5).toFixed(2)} ms (p95 ${at('http', 0.95).toFixed(2)} ms)`,
    },
    pair('1 KB echo over the HTTP API, p95', 'api', 'raw', 0.95),
  ];
};
