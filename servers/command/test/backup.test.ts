import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CommandConnection, connectCommand, isProgress, isStopped } from './connect.ts';

let base: string;
let connection: CommandConnection;
beforeEach(async () => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-backups-')));
  mkdirSync(path.join(base, 'site'));
  connection = await connectCommand('auto', ['--folder', base]);
});
afterEach(async () => {
  await connection.close();
  rmSync(base, { recursive: true });
});

it('backs up a folder and tells bytes of the whole', async () => {
  for (const name of ['a', 'b', 'c'])
    writeFileSync(path.join(base, 'site', name), Buffer.alloc(3_000_000, name));
  const { call, frames } = connection;
  const { isError, text, data } = await call('backup', { source: 'site', destination: 'site.tar.zst' });
  expect({ isError, verified: data.verified, bytes: data.bytes }).toEqual({
    isError: false,
    verified: true,
    bytes: 9_000_000,
  });
  expect(text).toMatch(/^Backup complete and verified: 4 entries, 9\.00 MB/);
  execFileSync('sha256sum', ['-c', '--status', data.hashFile], { cwd: base });
  const told = frames.filter(isProgress).map(({ params }) => params._meta?.['meanwhile/progress']);
  expect(told.at(-1)).toMatchObject({
    phase: 'Reading back',
    value: 9_000_000,
    total: 9_000_000,
    unit: 'bytes',
  });
});

it('is cancelled with confirmation, and nothing of it is left', async () => {
  const size = 400_000_000; // of holes: nothing on the disk, but much to pack
  execFileSync('truncate', ['-s', String(size), path.join(base, 'site/holes')]);
  const abort = new AbortController();
  const call = connection.call(
    'backup',
    { source: 'site', destination: 'site.tar.gz' },
    { signal: abort.signal },
  );
  call.catch(() => {});
  await connection.frame((frame) => isProgress(frame) && /^Packing/.test(frame.params.message));
  abort.abort();
  const { params } = await connection.frame(isStopped);
  expect(params.data).toMatchObject({ stopped: true, remains: 'Nothing of the unfinished backup is left' });
  expect(readdirSync(base)).toEqual(['site']);
  expect((await connection.run({ command: 'echo alive' })).data.output).toBe('alive\n');
});

it('names the argument that is wrong', async () => {
  for (const [args, expected] of [
    [{ source: 'site' }, 'destination: '],
    [{ source: 'site', destination: 'x.zip', format: 'zip' }, 'format: expected tar.zst, tar.gz or copy'],
    [{ source: 'site', destination: '../x' }, 'destination: '],
    [{ source: 'site', destination: 'x', compress: 9 }, 'compress: there is no argument of this name'],
  ] as const) {
    const { isError, text } = await connection.call('backup', args);
    expect({ isError, text }).toEqual({ isError: true, text: expect.stringContaining(expected) });
  }
});
