import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from '../report/figure.ts';
import { median } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { type Open, tempFolder } from '../rig/open.ts';
import { startWorker } from '../rig/worker.ts';
import type { Scene } from './scene.ts';

const MB = 1_024 * 1_024;
const MOST_RATIO = 1.3;
const run = promisify(execFile);

/** `sync` of the files server, every copy read back and hashed, against `rsync -a` and `cp -a` of the same folders. */
export const filesSync: Scene = async ({ quick, open, say }) => {
  const version = await rsyncVersion();
  if (version === undefined) {
    say('left out: rsync is not installed');
    return [];
  }
  const folder = tempFolder(open);
  const files = quick ? 2_000 : 10_000;
  const megabytes = quick ? 256 : 2_048;
  say(`writing ${files.toLocaleString('en')} small files and one of ${megabytes} MB`);
  writeSmall(join(folder, 'small'), files);
  writeBig(join(folder, 'big'), megabytes);
  return [
    ...(await compare(open, {
      folder,
      name: 'small',
      title: `${files.toLocaleString('en')} small files`,
      rounds: 3,
      version,
      say,
    })),
    ...(await compare(open, {
      folder,
      name: 'big',
      title: `one file of ${megabytes} MB`,
      rounds: 3,
      version,
      say,
    })),
  ];
};

interface Comparison {
  readonly folder: string;
  readonly name: string;
  readonly title: string;
  readonly rounds: number;
  readonly version: string;
  readonly say: (text: string) => void;
}

async function compare(
  open: Open,
  { folder, name, title, rounds, version, say }: Comparison,
): Promise<Figure[]> {
  const worker = startWorker(open, 'files');
  await worker.ask('start', { folder });
  const source = join(folder, name);
  const into = join(folder, 'copy');
  /** Each begins with no destination and with nothing waiting to be written to the disk. */
  const timed = async (copy: () => Promise<unknown>) => {
    rmSync(into, { recursive: true, force: true });
    await run('sync');
    const startedMs = performance.now();
    await copy();
    return performance.now() - startedMs;
  };
  const contestants = {
    ours: () => timed(() => worker.ask('sync', { source, destination: into })),
    rsync: () => timed(() => run('rsync', ['-a', `${source}/`, into])),
    cp: () => timed(() => run('cp', ['-a', source, into])),
  };
  say(`${title}: warming up, then ${rounds} rounds`);
  await alternate(1, contestants);
  const rows = await alternate(rounds, contestants);
  rmSync(into, { recursive: true, force: true });
  const [ours, rsync, cp] = [median(rows.ours), median(rows.rsync), median(rows.cp)];
  const figure = { scene: 'files-sync', value: ours, unit: 'ms' };
  return [
    {
      ...figure,
      name: `${title}, to a new folder`,
      yardstick: { name: 'rsync -a', value: rsync },
      target: { text: `≤ ${MOST_RATIO} ×`, met: ours <= rsync * MOST_RATIO },
      note: `rsync ${version}; ours reads every copy back and compares hashes, and counts the files at the end`,
    },
    { ...figure, name: `${title}, against cp`, yardstick: { name: 'cp -a', value: cp } },
  ];
}

async function rsyncVersion(): Promise<string | undefined> {
  try {
    return /version (\S+)/.exec((await run('rsync', ['--version'])).stdout)?.[1] ?? 'unknown';
  } catch {
    return undefined;
  }
}

/** In folders of a hundred, of 500 bytes to 4 KB. */
function writeSmall(folder: string, count: number): void {
  const content = randomBytes(4_096);
  for (let n = 0; n < count; n++) {
    const inside = join(folder, `folder-${Math.floor(n / 100)}`);
    if (n % 100 === 0) mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, `file-${n}.txt`), content.subarray(0, 500 + ((n * 37) % 3_596)));
  }
}

function writeBig(folder: string, megabytes: number): void {
  mkdirSync(folder);
  const fd = openSync(join(folder, 'big'), 'w');
  for (let n = 0; n < megabytes; n++) writeSync(fd, randomBytes(MB));
  closeSync(fd);
}
