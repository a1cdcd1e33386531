import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Figure } from '../report/figure.ts';
import { median } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { tempFolder } from '../rig/open.ts';
import { ROOT } from '../rig/paths.ts';
import { timed } from '../rig/timed.ts';
import type { Scene } from './scene.ts';

const COMMANDS = {
  nothing: '/bin/true',
  busy: 'i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done',
} as const;

/** A command through the Command server, over a raw MCP client, against the same command from a bare shell. */
export const commandRun: Scene = async ({ quick, open, say }) => {
  const rounds = quick ? 3 : 7;
  const folder = tempFolder(open);
  const client = new Client({ name: 'bench', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(ROOT, 'servers/command/main.ts'), '--folder', folder],
    }),
  );
  open.defer(() => client.close());
  const served = (command: string) => async () => {
    const { isError } = await client.callTool({ name: 'run', arguments: { command } });
    if (isError) throw new Error(`${command} failed`);
  };
  const bare = (command: string) => async () => {
    const child = spawn('/bin/sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    await once(child, 'close');
  };
  const short = quick ? 20 : 50;
  const contestants = {
    nothing: () => timed(short, served(COMMANDS.nothing)),
    nothingBare: () => timed(short, bare(COMMANDS.nothing)),
    busy: () => timed(1, served(COMMANDS.busy)),
    busyBare: () => timed(1, bare(COMMANDS.busy)),
  };
  say('warming up');
  await alternate(1, contestants);
  say(`${rounds} rounds`);
  const rows = await alternate(rounds, contestants);
  const at = (name: keyof typeof rows) => median(rows[name].map(median));
  const pair = (name: string, ours: keyof typeof rows, theirs: keyof typeof rows): Figure => ({
    scene: 'command-run',
    name,
    value: at(ours),
    unit: 'ms',
    yardstick: { name: 'bare shell', value: at(theirs) },
  });
  return [
    {
      ...pair('/bin/true, p50', 'nothing', 'nothingBare'),
      note: 'with the look through /proc for what was left behind, twice',
    },
    pair('a busy command, p50', 'busy', 'busyBare'),
  ];
};
