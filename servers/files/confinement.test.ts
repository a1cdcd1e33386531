import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Refusal } from '../runtime/tool.ts';
import { OpenFolder, PlaceChanged } from './place/open-folder.ts';
import { openParent, placeOf } from './place/place.ts';
import { writeWhole } from './place/write-whole.ts';
import { type Bench, openBench } from './test/context.ts';

let bench: Bench;
beforeEach(() => {
  bench = openBench();
  writeFileSync(path.join(bench.outside, 'secret'), 'secret');
  mkdirSync(path.join(bench.outside, 'folder'));
  mkdirSync(path.join(bench.inside, 'own'));
  writeFileSync(path.join(bench.inside, 'own', 'file'), 'ours');
  symlinkSync(bench.outside, path.join(bench.inside, 'link'));
  symlinkSync(path.join(bench.outside, 'secret'), path.join(bench.inside, 'file-link'));
  symlinkSync(path.join(bench.outside, 'new'), path.join(bench.inside, 'nowhere'));
});
afterEach(() => bench.close());

/** Every tool, each of its path arguments in turn; `BAD` stands for the path that leads out. */
const CALLS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['list', { path: 'BAD' }],
  ['read', { path: 'BAD' }],
  ['search', { path: 'BAD', text: 'secret' }],
  ['write', { path: 'BAD', content: 'x', overwrite: 'always' }],
  ['write', { path: 'BAD/deep/er', content: 'x', createFolders: true }],
  ['move', { from: 'BAD/secret', to: 'own/stolen' }],
  ['move', { from: 'own/file', to: 'BAD/given', overwrite: true }],
  ['remove', { path: 'BAD/secret' }],
  ['remove', { path: 'BAD/folder', recursive: true }],
  ['sync', { source: 'BAD', destination: 'own', mode: 'mirror' }],
  ['sync', { source: 'own', destination: 'BAD', mode: 'mirror' }],
  ['sync', { source: 'own', destination: 'BAD/new', mode: 'update' }],
  ['watch', { path: 'BAD' }],
  ['changes', { path: 'BAD' }],
  ['unwatch', { path: 'BAD' }],
];
const WAYS_OUT = ['..', '../outside', 'link', 'own/../../outside', '/', 'OUTSIDE'];

it.each(CALLS)('%s %j leads nowhere else', async (tool, args) => {
  for (const way of WAYS_OUT) {
    const wanted = JSON.parse(JSON.stringify(args).replace('BAD', way === 'OUTSIDE' ? bench.outside : way));
    const call = bench.call(tool, wanted);
    await expect(call, `${tool} ${JSON.stringify(wanted)}`).rejects.toThrow(Refusal);
    await expect(call).rejects.toThrow(
      /^(path|from|to|source|destination): .*(outside the configured|leads nowhere)/,
    );
  }
  expect(readdirSync(bench.outside).sort()).toEqual(['folder', 'secret']);
  expect(readFileSync(path.join(bench.outside, 'secret'), 'utf8')).toBe('secret');
});

it('does not write through links to files, nor through links that lead nowhere', async () => {
  for (const name of ['file-link', 'nowhere'])
    await expect(bench.call('write', { path: name, content: 'x', overwrite: 'always' })).rejects.toThrow(
      Refusal,
    );
  expect(readdirSync(bench.outside).sort()).toEqual(['folder', 'secret']);
});

it('removes and moves a link itself, not what it points to', async () => {
  await bench.call('move', { from: 'link', to: 'moved' });
  await bench.call('remove', { path: 'moved', recursive: true });
  expect(existsSync(path.join(bench.outside, 'secret'))).toBe(true);
  expect(existsSync(path.join(bench.inside, 'moved'))).toBe(false);
});

it('neither lists, searches, removes nor syncs what lies behind links', async () => {
  const listed = await bench.call('list', { depth: 10 });
  expect(listed.data.entries.map((entry: { path: string }) => entry.path).sort()).toEqual([
    'file-link',
    'link',
    'nowhere',
    'own',
    'own/file',
  ]);
  expect((await bench.call('search', { text: 'secret', hidden: true })).data.matches).toEqual([]);
  mkdirSync(path.join(bench.inside, 'a'));
  symlinkSync(bench.outside, path.join(bench.inside, 'a', 'link'));
  mkdirSync(path.join(bench.inside, 'b'));
  // The destination has a link where the source has a folder: it is not written through.
  mkdirSync(path.join(bench.inside, 'a', 'deep'));
  writeFileSync(path.join(bench.inside, 'a', 'deep', 'f'), 'x');
  symlinkSync(bench.outside, path.join(bench.inside, 'b', 'deep'));
  const { data } = await bench.call('sync', { source: 'a', destination: 'b', mode: 'mirror' });
  expect(data).toMatchObject({ conflictCount: 1, links: 1, copied: { files: 0 } });
  await bench.call('remove', { path: 'b', recursive: true });
  expect(readdirSync(bench.outside).sort()).toEqual(['folder', 'secret']);
});

it('keeps the configured folder itself', async () => {
  for (const path of ['.', bench.inside, 'own/..']) {
    await expect(bench.call('remove', { path, recursive: true })).rejects.toThrow('configured folder');
    await expect(bench.call('move', { from: path, to: 'own/x' })).rejects.toThrow('configured folder');
  }
});

it('refuses everything without folders, and says the way out', async () => {
  const empty = openBench({ folder: [] });
  await expect(empty.call('list', {})).rejects.toThrow('Start this server with --folder DIR');
  await expect(empty.call('read', { path: '/etc/hostname' })).rejects.toThrow('--folder DIR');
  await empty.close();
});

it.runIf(process.platform === 'linux')(
  'stays in the folder it has opened when a link takes its place',
  () => {
    const place = placeOf('path', 'own/new', [bench.inside]);
    const { folder, name } = openParent(place);
    renameSync(path.join(bench.inside, 'own'), path.join(bench.inside, 'elsewhere'));
    symlinkSync(bench.outside, path.join(bench.inside, 'own'));
    writeWhole(folder, name, Buffer.from('x'), { replace: false });
    folder.close();
    expect(readdirSync(bench.outside).sort()).toEqual(['folder', 'secret']);
    expect(readFileSync(path.join(bench.inside, 'elsewhere', 'new'), 'utf8')).toBe('x');
    expect(() => openParent(place)).toThrow(PlaceChanged);
  },
);

it('writes nothing outside while links and folders change places all the time', async () => {
  // Swaps `own` with a link to the outside as fast as it can, until it is ended.
  const swapper = new Worker(
    `const { renameSync } = require('node:fs'); const { workerData: d, parentPort } = require('node:worker_threads');
     parentPort.postMessage('on');
     const swap = (a, b) => { try { renameSync(d+a, d+b); } catch {} };
     for (;;) { swap('/own', '/aside'); swap('/link', '/own'); swap('/own', '/link'); swap('/aside', '/own'); }`,
    { eval: true, workerData: bench.inside },
  );
  await new Promise((resolve) => swapper.once('message', resolve));
  const done = { written: 0, refused: 0 };
  for (let n = 0; n < 150; n++) {
    const calls = [
      bench.call('write', { path: `own/w${n}`, content: 'x' }),
      bench.call('write', { path: `own/d${n}/w`, content: 'x', createFolders: true }),
      bench.call('read', { path: 'own/secret' }),
      bench.call('remove', { path: 'own/folder' }),
    ];
    for (const result of await Promise.allSettled(calls)) {
      if (result.status === 'fulfilled') done.written++;
      else done.refused++;
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Refusal);
    }
  }
  await swapper.terminate();
  expect(done.refused).toBeGreaterThan(0);
  expect(readdirSync(bench.outside).sort()).toEqual(['folder', 'secret']);
});

it('does not use a partial copy that has a second name', async () => {
  mkdirSync(path.join(bench.inside, 'to'));
  linkSync(path.join(bench.outside, 'secret'), path.join(bench.inside, 'to', '.file.meanwhile-part'));
  await bench.call('sync', { source: 'own', destination: 'to', mode: 'update' });
  expect(readFileSync(path.join(bench.outside, 'secret'), 'utf8')).toBe('secret');
  expect(readFileSync(path.join(bench.inside, 'to', 'file'), 'utf8')).toBe('ours');
});

it('opens no entry by a name that is a path', () => {
  using top = OpenFolder.root(bench.inside);
  for (const name of ['..', '.', '', 'a/b', '../outside'])
    expect(() => top.entry(name)).toThrow('not the name');
});
