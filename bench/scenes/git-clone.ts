import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { median } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { tempFolder } from '../rig/open.ts';
import { ROOT } from '../rig/paths.ts';
import { timed } from '../rig/timed.ts';
import type { Scene } from './scene.ts';

const FILES = 2_000;
const BYTES_EACH = 20_000;
const MOST_RATIO = 1.1;

/** The tool `clone`, with progress told and the result checked, against `git clone` alone. */
export const gitClone: Scene = async ({ quick, open, say }) => {
  const folder = tempFolder(open);
  say(`making a repository of ${FILES} files, ${(FILES * BYTES_EACH) / 1e6} MB`);
  const url = `file://${makeRepository(folder)}`;
  const destination = join(folder, 'copy');

  const client = new Client({ name: 'bench', version: '1' });
  const args = [join(ROOT, 'servers/git/main.ts'), '--folder', folder];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  open.defer(() => client.close());
  let told = 0;

  const each = (clone: () => Promise<void>) => async () => {
    rmSync(destination, { recursive: true, force: true });
    const [durationMs] = await timed(1, clone);
    return durationMs ?? 0;
  };
  const contestants = {
    tool: each(async () => {
      const onprogress = () => void told++;
      const request = { name: 'clone', arguments: { url, destination } };
      const { structuredContent } = await client.callTool(request, { onprogress, timeout: 120_000 });
      if ((structuredContent as { verified?: boolean }).verified !== true) throw new Error('not verified');
    }),
    git: each(async () => {
      const child = spawn('git', ['clone', '--progress', url, destination], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr.resume();
      const [status] = await once(child, 'close');
      if (status !== 0) throw new Error(`git clone: exit status ${status}`);
    }),
  };
  say('warming up');
  await alternate(1, contestants);
  told = 0;
  const rounds = quick ? 3 : 9;
  say(`${rounds} rounds`);
  const rows = await alternate(rounds, contestants);
  const [value, bare] = [median(rows.tool), median(rows.git)];
  return [
    {
      scene: 'git-clone',
      name: `clone of ${FILES} files over file://, checked`,
      value,
      unit: 'ms',
      yardstick: { name: 'git clone', value: bare },
      target: { text: `≤ ${MOST_RATIO} ×`, met: value <= bare * MOST_RATIO },
      note: `over stdio, ${Math.round(told / rounds)} progress notifications each; the yardstick checks nothing`,
    },
  ];
};

function makeRepository(folder: string): string {
  const source = join(folder, 'source');
  for (let at = 0; at < FILES; at++) {
    const place = join(source, String(at % 50));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${at}.bin`), randomBytes(BYTES_EACH));
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: source, stdio: 'pipe' });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '-q', '-m', 'all');
  git('gc', '-q');
  return source;
}
