import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RecordedWork, recordedWork } from '../../runtime/test/recorded-work.ts';
import type { Progress } from '../../runtime/work.ts';
import { settingsForTest } from '../test/settings-for-test.ts';
import { Turns } from '../turns.ts';
import { backupTool } from './backup-tool.ts';
import { pack } from './pack.ts';
import { Report } from './report.ts';

let base: string;
const at = (...names: string[]) => path.join(base, ...names);

beforeEach(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-backup-')));
  mkdirSync(at('site/empty'), { recursive: true });
  mkdirSync(at('site', 'n'.repeat(120), 'deep'), { recursive: true });
  writeFileSync(at('site/a.txt'), 'first');
  writeFileSync(at('site/big.bin'), Buffer.alloc(900_000, 'abcdefg'));
  writeFileSync(at('site/none'), '');
  writeFileSync(at('site', 'n'.repeat(120), 'deep', 'größe ☃.txt'), 'snow');
  writeFileSync(at('site/two\nlines'), 'x');
  writeFileSync(at('site/z.txt'), 'last');
  symlinkSync('../nowhere/at all', at('site/link'));
  chmodSync(at('site/a.txt'), 0o754);
  utimesSync(at('site/a.txt'), 1_000_000_000, 1_000_000_000);
  utimesSync(at('site/empty'), 1_100_000_000, 1_100_000_000);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const BYTES = 5 + 900_000 + 4 + 1 + 4;

function backup(args: object, work: RecordedWork = recordedWork()) {
  const tool = backupTool(settingsForTest({ folders: [base] }), new Turns(2, 0));
  return tool.run(tool.input.parse(args), work);
}

/** Work during which something happens as soon as a progress fits. */
function workWith(fits: (progress: Progress) => boolean, happen: (work: RecordedWork) => void): RecordedWork {
  const work = recordedWork();
  let hasHappened = false;
  return Object.assign(work, {
    progress(progress: Progress) {
      work.told.push(progress);
      if (hasHappened || !fits(progress)) return;
      hasHappened = true;
      happen(work);
    },
  });
}

describe('an archive', () => {
  it.each(['tar.zst', 'tar.gz'])(
    '%s holds what tar then unpacks, and its hash stands beside it',
    async (format) => {
      const work = recordedWork();
      const { text, data, isError } = await backup(
        { source: 'site', destination: `out/x/site.${format}` },
        work,
      );
      expect(text).toMatch(
        /^Backup complete and verified: 11 entries, 900 kB, packed [\d.]+ k?B, in .* after/,
      );
      expect(isError).toBe(false);
      const archive = at('out/x', `site.${format}`);
      expect(data).toMatchObject({
        verified: true,
        destination: archive,
        format,
        entries: 11,
        files: 6,
        bytes: BYTES,
        archiveBytes: lstatSync(archive).size,
        leftOutCount: 0,
        changedCount: 0,
        partial: null,
      });
      expect(data.sha256).toMatch(/^[\da-f]{64}$/);
      execFileSync('sha256sum', ['-c', '--status', `site.${format}.sha256`], { cwd: at('out/x') });
      expect(readdirSync(at('out/x')).sort()).toEqual([`site.${format}`, `site.${format}.sha256`]);

      mkdirSync(at('restored'));
      const bytes = readFileSync(archive);
      const tar = format === 'tar.zst' ? zstdDecompressSync(bytes) : bytes;
      execFileSync('tar', [format === 'tar.gz' ? '-xzf' : '-xf', '-', '-C', at('restored')], { input: tar });
      execFileSync('diff', ['-r', '--no-dereference', at('site'), at('restored/site')]);
      const { mode, mtimeMs } = lstatSync(at('restored/site/a.txt'));
      expect([mode & 0o777, mtimeMs]).toEqual([0o754, 1_000_000_000_000]);
    },
  );

  it('tells exact totals while it is made and read back', async () => {
    const work = recordedWork();
    await backup({ source: 'site', destination: 'site.tar.gz' }, work);
    const phases = [...new Set(work.told.map(({ phase }) => phase))];
    expect(phases).toEqual(['counting', 'Packing', 'Reading back']);
    expect(work.told.find(({ phase }) => phase === 'counting')).toMatchObject({ value: 11, unit: 'entries' });
    for (const phase of ['Packing', 'Reading back']) {
      const told = work.told.filter((progress) => progress.phase === phase);
      expect(told.every(({ total, unit }) => total === BYTES && unit === 'bytes')).toBe(true);
      expect(told[0]!.value).toBe(0);
      expect(told.at(-1)!.value).toBe(BYTES);
    }
  });

  it('of a folder in use names what changed, shrank, vanished, and what no archive holds', async () => {
    execFileSync('mkfifo', [at('site/pipe')]);
    const work = workWith(
      ({ message = '' }) => message.startsWith('Packing big.bin'),
      () => {
        truncateSync(at('site/big.bin'), 300_000);
        rmSync(at('site/z.txt'));
      },
    );
    const { data, isError, text } = await backup({ source: 'site', destination: 'site.tar.gz' }, work);
    expect(data).toMatchObject({
      verified: true,
      changed: ['big.bin'],
      changedCount: 1,
      leftOut: [
        { path: 'pipe', reason: 'it is a named pipe' },
        { path: 'z.txt', reason: 'it vanished meanwhile' },
      ],
      leftOutCount: 2,
      entries: 10,
      bytes: BYTES - 4,
    });
    expect(isError).toBe(false);
    expect(text).toContain('Changed while they were read (1):\nbig.bin');
    expect(execFileSync('tar', ['-tzf', at('site.tar.gz')], { encoding: 'utf8' }).split('\n')).toHaveLength(
      11,
    );
  });

  it('replaces one that is there only when told so', async () => {
    writeFileSync(at('site.tar.gz'), 'precious');
    await expect(backup({ source: 'site', destination: 'site.tar.gz' })).rejects.toThrow(/is there already/);
    expect(readFileSync(at('site.tar.gz'), 'utf8')).toBe('precious');
    const { data } = await backup({ source: 'site', destination: 'site.tar.gz', overwrite: true });
    expect(lstatSync(at('site.tar.gz')).size).toBe(data.archiveBytes);
  });

  it('that was damaged on the way to the disk is not called a backup', async () => {
    const work = workWith(
      ({ phase }) => phase === 'Reading back',
      () => {
        const bytes = readFileSync(at('site.tar.zst.partial'));
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(at('site.tar.zst.partial'), bytes);
      },
    );
    const { data, isError, text } = await backup({ source: 'site', destination: 'site.tar.zst' }, work);
    expect({ isError, verified: data.verified, partial: data.partial, hashFile: data.hashFile }).toEqual({
      isError: true,
      verified: false,
      partial: at('site.tar.zst.partial'),
      hashFile: null,
    });
    expect(text).toMatch(/^Backup failed: .*\nKept: /);
    expect(existsSync(at('site.tar.zst'))).toBe(false);
  });
});

describe('a copy', () => {
  it('is the same tree, with hashes that sha256sum checks', async () => {
    const { data } = await backup({ source: 'site', destination: 'out/copy' });
    expect(data).toMatchObject({ verified: true, format: 'copy', entries: 11, bytes: BYTES, sha256: null });
    execFileSync('diff', ['-r', '--no-dereference', at('site'), at('out/copy')]);
    execFileSync('sha256sum', ['-c', '--status', 'copy.sha256'], { cwd: at('out') });
    expect(lstatSync(at('out/copy/a.txt')).mode & 0o777).toBe(0o754);
    expect(lstatSync(at('out/copy/empty')).mtimeMs).toBe(1_100_000_000_000);
    await expect(backup({ source: 'site', destination: 'out/copy', overwrite: true })).rejects.toThrow(
      /^destination: .* is there already/,
    );
  });

  it('with a file that is different when read back is no backup', async () => {
    const work = workWith(
      ({ phase }) => phase === 'Reading back',
      () => appendFileSync(at('copy.partial/a.txt'), 'x'),
    );
    const { data, text } = await backup({ source: 'site', destination: 'copy' }, work);
    expect(data).toMatchObject({ verified: false, partial: at('copy.partial') });
    expect(text).toMatch(/^Backup failed: a\.txt is not as it was read/);
  });
});

describe('a cancel', () => {
  const stopAt = (phase: string) =>
    workWith(
      (told) => told.phase === phase && told.value !== 0,
      (work) => work.stop(),
    );

  it.each([
    ['site.tar.zst', 'Packing'],
    ['site.tar.gz', 'Reading back'],
    ['copy', 'Copying'],
    ['copy', 'Reading back'],
    ['site.tar.zst', 'counting'],
  ])('of %s while %s removes what is unfinished', async (destination, phase) => {
    const { isError, stop, data } = await backup({ source: 'site', destination }, stopAt(phase));
    expect({ isError, stop, partial: data.partial }).toEqual({
      isError: true,
      stop: { stopped: true, remains: 'Nothing of the unfinished backup is left' },
      partial: null,
    });
    expect(readdirSync(base)).toEqual(['site']);
  });

  it.each([
    ['site.tar.zst', 'Packing'],
    ['copy', 'Copying'],
  ])('of %s keeps and names what is unfinished when told so', async (destination, phase) => {
    const { stop, data, text } = await backup(
      { source: 'site', destination, onCancel: 'keep' },
      stopAt(phase),
    );
    const partial = at(`${destination}.partial`);
    expect(data.partial).toBe(partial);
    expect(stop?.remains).toBe(`The unfinished backup was kept: ${partial}`);
    expect(text).toContain(`Kept: ${partial}`);
    expect(readdirSync(base).sort()).toEqual([`${destination}.partial`, 'site'].sort());
  });
});

it.each([
  [{ source: 'nowhere', destination: 'x.tgz' }, /^source: there is no folder/],
  [{ source: '/', destination: 'x.tgz' }, /^source: .* is outside/],
  [{ source: 'site', destination: '/x.tgz' }, /^destination: .* is outside/],
  [{ source: 'site', destination: 'site/x.tgz' }, /^destination: .* lies in the source/],
  [{ source: 'site', destination: 'site' }, /^destination: .* lies in the source/],
  [
    { source: 'site', destination: 'x.zip', format: 'tar.gz' },
    /^destination: expected a name that ends in \.tar\.gz or \.tgz/,
  ],
  [{ source: 'site', destination: 'x.tgz', format: 'copy' }, /^destination: a copy is a folder/],
  [{ source: 'site/empty', destination: 'site/a.txt/x.tgz' }, /^destination: /],
])('refuses %j', async (args, expected) => {
  const run = async () => backup(args);
  await expect(run()).rejects.toThrow(expected);
  expect(readdirSync(base)).toEqual(['site']);
});

it.runIf(process.platform === 'linux')('says when the disk is full, and ends', async () => {
  const { signal } = new AbortController();
  const request = { source: at('site'), archive: '/dev/full', report: new Report(), signal, onBytes() {} };
  for (const format of ['tar.gz', 'tar.zst'] as const)
    await expect(pack({ ...request, format })).rejects.toMatchObject({ code: 'ENOSPC' });
});

it('lets only one of two backups write to one place', async () => {
  const args = { source: 'site', destination: 'site.tar.zst' };
  const both = await Promise.allSettled([backup(args), backup(args)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((each) => each.status === 'fulfilled')?.value.data.verified).toBe(true);
  expect(readdirSync(base).sort()).toEqual(['site', 'site.tar.zst', 'site.tar.zst.sha256']);
});
