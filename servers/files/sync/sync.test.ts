import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { OpenFolder } from '../place/open-folder.ts';
import { type Bench, openBench } from '../test/context.ts';
import { copyFile } from './copy-file.ts';
import { SharedState } from './messages.ts';

let bench: Bench;
beforeEach(() => {
  bench = openBench();
  mkdirSync(at('a'));
});
afterEach(() => bench.close());

const at = (...names: string[]) => path.join(bench.inside, ...names);
const sync = (more: Record<string, unknown> = {}, work = recordedWork()) =>
  bench.call('sync', { source: 'a', destination: 'b', mode: 'mirror', ...more }, work);
const MB = 1_024 * 1_024;
const ODD = ['new\nline', '-rf', 'emoji 🦊', 'quote\'"', 'x'.repeat(250), '.dot'];

/** Bytes that differ everywhere, so that a chunk in the wrong place is seen. */
function bytes(length: number, seed = 1): Buffer {
  const out = Buffer.alloc(length);
  for (let n = 0, state = seed; n + 4 <= length; n += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out.writeUInt32LE(state, n);
  }
  return out;
}

it('copies content, names, permissions and times; links as links, hard links as files', async () => {
  for (const name of ODD) writeFileSync(at('a', name), name);
  mkdirSync(at('a/empty'));
  mkdirSync(at('a/deep/er'), { recursive: true });
  writeFileSync(at('a/deep/er/nothing'), '');
  writeFileSync(at('a/deep/run'), '#!', { mode: 0o755 });
  chmodSync(at('a/deep'), 0o750);
  symlinkSync('../outside', at('a/link'));
  linkSync(at('a/-rf'), at('a/second'));
  utimesSync(at('a/-rf'), 1_000_000, 1_234_567.891);
  utimesSync(at('a/deep'), 1_000_000, 1_100_000);
  const work = recordedWork();
  const { data, isError, text } = await sync({}, work);
  expect(isError).toBeUndefined();
  expect(data).toMatchObject({
    copied: { files: ODD.length + 3 },
    verified: { files: ODD.length + 3, bytes: data.total.bytes },
    links: 1,
    folders: 3,
    hardLinks: 2,
    wrongCount: 0,
  });
  expect(text).toContain('hard links');
  for (const name of ODD) expect(readFileSync(at('b', name), 'utf8')).toBe(name);
  expect(readdirSync(at('b')).sort()).toEqual(readdirSync(at('a')).sort());
  expect(readlinkSync(at('b/link'))).toBe('../outside');
  expect(Math.abs(statSync(at('b/-rf')).mtimeMs - 1_234_567_891)).toBeLessThan(1);
  expect(statSync(at('b/deep')).mtimeMs).toBe(1_100_000_000);
  expect(statSync(at('b/deep')).mode & 0o777).toBe(0o750);
  expect(statSync(at('b/deep/run')).mode & 0o777).toBe(0o755);
  expect(statSync(at('b/second')).nlink).toBe(1);
  expect(work.told.at(-1)).toMatchObject({
    phase: 'copying',
    unit: 'bytes',
    value: data.total.bytes,
    total: data.total.bytes,
  });

  const again = await sync();
  expect(again.data).toMatchObject({
    copied: { files: 0 },
    same: ODD.length + 4,
    deleted: { files: 0, folders: 0 },
  });
});

it('takes away only in a mirror, and only after everything was copied', async () => {
  writeFileSync(at('a/new'), 'new');
  mkdirSync(at('b/old/er'), { recursive: true });
  writeFileSync(at('b/old/er/f'), 'old');
  expect((await sync({ mode: 'update' })).data.deleted).toMatchObject({ files: 0 });
  const dry = await sync({ dryRun: true });
  expect(dry.data).toMatchObject({
    deleted: { files: 1, bytes: 3, folders: 2 },
    copied: { files: 0 },
    actionCount: 3,
  });
  expect(existsSync(at('b/old/er/f'))).toBe(true);
  expect((await sync()).data.deleted).toMatchObject({ files: 1, bytes: 3, folders: 2 });
  expect(readdirSync(at('b'))).toEqual(['new']);
});

it('deletes nothing when something could not be copied', async () => {
  writeFileSync(at('a/f'), 'f');
  mkdirSync(at('b/.f.meanwhile-part'), { recursive: true }); // a folder in the way of the partial copy
  writeFileSync(at('b/.f.meanwhile-part/x'), '');
  writeFileSync(at('b/extra'), '');
  const { data, isError, text } = await sync();
  expect(isError).toBe(true);
  expect(data).toMatchObject({ failedCount: 1, failed: [{ path: 'f' }], deleted: { files: 0 } });
  expect(text).toContain('Nothing was deleted, because not everything could be copied');
  expect(existsSync(at('b/extra'))).toBe(true);
});

it('says in a dry run what it would do and changes nothing', async () => {
  for (let n = 0; n < 150; n++) writeFileSync(at('a', `f${n}`), 'x');
  const { data, text } = await sync({ dryRun: true });
  expect(existsSync(at('b'))).toBe(false);
  expect(data).toMatchObject({ dryRun: true, toCopy: { files: 150, bytes: 150 }, actionCount: 150 });
  expect(data.actions).toHaveLength(100);
  expect(text).toContain('… and 50 more actions');
});

it('reports what is newer, and files against folders, and leaves them', async () => {
  for (const name of ['newer', 'older', 'as-file']) writeFileSync(at('a', name), 'source');
  mkdirSync(at('a/as-folder'));
  writeFileSync(at('a/as-folder/f'), 'f');
  mkdirSync(at('b/as-file'), { recursive: true });
  writeFileSync(at('b/as-file/keep'), 'keep');
  for (const name of ['newer', 'older', 'as-folder']) writeFileSync(at('b', name), 'destination');
  utimesSync(at('b/newer'), 4_000_000_000, 4_000_000_000);
  utimesSync(at('b/older'), 1, 1);
  const { data, isError } = await sync({ mode: 'update' });
  expect(isError).toBe(true);
  expect(data.conflicts).toEqual([
    { path: 'as-file', reason: 'a file in the source, a folder in the destination' },
    { path: 'as-folder', reason: 'a folder in the source, a file in the destination' },
    { path: 'newer', reason: 'the destination is newer' },
  ]);
  expect(data).toMatchObject({ copied: { files: 1 }, wrongCount: 0 });
  expect(readFileSync(at('b/older'), 'utf8')).toBe('source');
  const mirror = await sync();
  expect(mirror.data).toMatchObject({ conflictCount: 2, wrongCount: 0 });
  expect(readFileSync(at('b/newer'), 'utf8')).toBe('source');
  expect(existsSync(at('b/as-file/keep'))).toBe(true);
});

it('finds by hash what size and time do not show', async () => {
  writeFileSync(at('a/f'), 'one');
  writeFileSync(at('a/g'), 'same');
  await sync();
  writeFileSync(at('b/f'), 'two');
  const { atime, mtime } = statSync(at('a/f'));
  utimesSync(at('b/f'), atime, mtime);
  expect((await sync()).data).toMatchObject({ copied: { files: 0 }, same: 2 });
  expect(readFileSync(at('b/f'), 'utf8')).toBe('two');
  expect((await sync({ checksum: true })).data).toMatchObject({ copied: { files: 1 }, same: 1 });
  expect(readFileSync(at('b/f'), 'utf8')).toBe('one');
});

it('copies 5,000 small files', async () => {
  for (let folder = 0; folder < 50; folder++) {
    mkdirSync(at('a', `d${folder}`));
    for (let n = 0; n < 100; n++) writeFileSync(at('a', `d${folder}`, `f${n}`), `${folder}/${n}`);
  }
  const { data } = await sync();
  expect(data).toMatchObject({
    copied: { files: 5_000 },
    verified: { files: 5_000 },
    failedCount: 0,
    wrongCount: 0,
  });
  expect(readFileSync(at('b/d49/f99'), 'utf8')).toBe('49/99');
}, 60_000);

it('goes on from a partial copy, as far as it is right', async () => {
  const content = bytes(8 * MB + 123);
  writeFileSync(at('a/big'), content);
  mkdirSync(at('b'));
  const wrong = Buffer.from(content.subarray(0, 5 * MB));
  wrong[3 * MB + 7]! ^= 1;
  writeFileSync(at('b/.big.meanwhile-part'), wrong);
  const { data } = await sync();
  expect(data).toMatchObject({ copied: { files: 1 }, resumedBytes: 3 * MB });
  expect(readFileSync(at('b/big')).equals(content)).toBe(true);
  expect(readdirSync(at('b'))).toEqual(['big']);
});

it.each([1, 2])('cuts off a partial copy that is longer than the file (of content %i)', async (seed) => {
  writeFileSync(at('a/f'), bytes(2 * MB));
  mkdirSync(at('b'));
  writeFileSync(at('b/.f.meanwhile-part'), bytes(5 * MB, seed));
  await sync();
  expect(readFileSync(at('b/f')).equals(bytes(2 * MB))).toBe(true);
});

it('stops between two chunks, keeps what is whole, and goes on later', async () => {
  writeFileSync(at('a/0-small'), 'small');
  writeFileSync(at('a/big'), bytes(4 * MB));
  truncateSync(at('a/big'), 4_000 * MB); // the rest is a hole
  const work = recordedWork();
  const progress = work.progress;
  const stopping = Object.assign(Object.create(work), {
    progress: (told: Parameters<typeof progress>[0]) => {
      progress(told);
      if (told.phase === 'copying' && (told.value ?? 0) > 2 * MB) work.stop();
    },
  });
  const outcome = await sync({}, stopping);
  expect(outcome.isError).toBe(true);
  expect(outcome.stop).toMatchObject({ stopped: true });
  expect(outcome.stop?.remains).toMatch(
    /^1 file of 2 are complete .*\.big\.meanwhile-part .*The same call again/,
  );
  expect(readdirSync(at('b')).sort()).toEqual(['.big.meanwhile-part', '0-small']);
  const partBytes = statSync(at('b/.big.meanwhile-part')).size;
  expect(partBytes).toBeGreaterThanOrEqual(2 * MB);
  truncateSync(at('a/big'), partBytes + 3 * MB); // so that there is little left to do
  const { data } = await sync();
  expect(data).toMatchObject({ copied: { files: 1 }, same: 1, resumedBytes: partBytes });
  expect(readFileSync(at('b/big')).equals(readFileSync(at('a/big')))).toBe(true);
});

it('tells when a file has changed while it was read, and keeps nothing of it', () => {
  writeFileSync(at('a/busy'), bytes(3 * MB));
  mkdirSync(at('b'));
  /** Writes into the source between two chunks. */
  class Writing extends SharedState {
    override get isStopped(): boolean {
      appendFileSync(at('a/busy'), 'more');
      return false;
    }
  }
  using from = OpenFolder.root(at('a'));
  using to = OpenFolder.root(at('b'));
  const shared = new Writing();
  expect(copyFile({ from, to, name: 'busy' }, shared, false)).toEqual({ type: 'changed' });
  expect(readdirSync(at('b'))).toEqual([]);
  expect(shared.bytes).toBe(0);
});

it('reports a file that changes while it is read, and copies the others', async () => {
  writeFileSync(at('a/quiet'), 'quiet');
  writeFileSync(at('a/busy'), '');
  truncateSync(at('a/busy'), 200 * MB); // long enough for the writer to come in between, twice
  const writer = new Worker(
    `const fs = require('node:fs'); const { workerData: file, parentPort } = require('node:worker_threads');
     const fd = fs.openSync(file, 'r+'); parentPort.postMessage('on');
     for (let n = 0; ; n++) { fs.writeSync(fd, String(n), 0); fs.futimesSync(fd, n, n); }`,
    { eval: true, workerData: at('a/busy') },
  );
  await new Promise((resolve) => writer.once('message', resolve));
  const { data, isError } = await sync();
  await writer.terminate();
  expect(isError).toBe(true);
  expect(data.conflicts).toEqual([{ path: 'busy', reason: 'it changed while it was read, twice' }]);
  expect(data).toMatchObject({ copied: { files: 1 }, wrongCount: 0 });
  expect(readdirSync(at('b'))).toEqual(['quiet']);
});

it('refuses folders in each other, files, and a second sync in the same place', async () => {
  mkdirSync(at('a/in'));
  writeFileSync(at('f'), '');
  await expect(sync({ destination: 'a' })).rejects.toThrow(/^destination: must not/);
  await expect(sync({ destination: 'a/in/new' })).rejects.toThrow(/^destination: must not/);
  await expect(sync({ source: 'a/in', destination: 'a' })).rejects.toThrow(/^source: must not/);
  await expect(sync({ source: 'f' })).rejects.toThrow(/^source: expected a folder/);
  await expect(sync({ destination: 'f' })).rejects.toThrow(/^destination: expected a folder/);
  await expect(sync({ mode: 'both' })).rejects.toThrow('expected \\"mirror\\" or \\"update\\"');
  const first = sync();
  await expect(sync()).rejects.toThrow(/^destination: another sync/);
  await first;
});

it.skipIf(process.geteuid?.() === 0)('reports what it may not read (root may read everything)', async () => {
  writeFileSync(at('a/secret'), 'x', { mode: 0 });
  writeFileSync(at('a/open'), 'x');
  const { data } = await sync();
  expect(data).toMatchObject({
    copied: { files: 1 },
    failed: [{ path: 'secret', reason: 'permission denied' }],
  });
});

it('copies what has another name length, empty folders and pipes as far as they can be copied', async () => {
  const { execFileSync } = await import('node:child_process');
  execFileSync('mkfifo', [at('a/pipe')]);
  mkdirSync(at('a/one/two/three'), { recursive: true });
  const { data, text } = await sync();
  expect(data).toMatchObject({ special: 1, folders: 3, copied: { files: 0 } });
  expect(text).toContain('1 pipe, socket or device not copied');
  expect(lstatSync(at('b/one/two/three')).isDirectory()).toBe(true);
});
