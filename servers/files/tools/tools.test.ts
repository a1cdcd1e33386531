import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { type Bench, openBench } from '../test/context.ts';

let bench: Bench;
beforeEach(() => {
  bench = openBench();
});
afterEach(() => bench.close());

const at = (...names: string[]) => path.join(bench.inside, ...names);
const ODD = ['new\nline', '-rf', 'emoji 🦊', 'blank ', 'quote\'"', 'x'.repeat(250)];

describe('list', () => {
  it('gives pages in a fixed order, each entry once', async () => {
    for (const folder of ['b', 'a', 'a/deep', '.hidden', 'a-b']) {
      mkdirSync(at(folder), { recursive: true });
      for (const name of ['2', '10', 'ü']) writeFileSync(at(folder, name), folder);
    }
    const whole = await bench.call('list', { depth: 9, limit: 1_000 });
    const paths = whole.data.entries.map((entry: { path: string }) => entry.path);
    expect(paths).toHaveLength(20);
    expect(paths.slice(0, 5)).toEqual(['.hidden', '.hidden/10', '.hidden/2', '.hidden/ü', 'a']);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await bench.call('list', { depth: 9, limit: 3, ...(cursor && { cursor }) });
      paged.push(...page.data.entries.map((entry: { path: string }) => entry.path));
      cursor = page.data.nextCursor;
    } while (cursor);
    expect(paged).toEqual(paths);
  });

  it('tells kinds, sizes, targets and what is hidden', async () => {
    writeFileSync(at('.env'), 'abc');
    mkdirSync(at('folder'));
    symlinkSync('.env', at('link'));
    const { data } = await bench.call('list', {});
    expect(data.entries).toMatchObject([
      { path: '.env', kind: 'file', size: 3, hidden: true },
      { path: 'folder', kind: 'folder', hidden: false },
      { path: 'link', kind: 'link', target: '.env' },
    ]);
  });

  it.each([
    ['*.md', ['a.md', 'src/b.md', 'src/deep/c.md']],
    ['src/*.md', ['src/b.md']],
    ['src/**/*.md', ['src/b.md', 'src/deep/c.md']],
    ['**/*.{md,ts}', ['a.md', 'src/b.md', 'src/d.ts', 'src/deep/c.md']],
    ['[!a].??', ['src/b.md', 'src/d.ts', 'src/deep/c.md']],
    ['[', []],
  ])('with the pattern %s', async (pattern, expected) => {
    mkdirSync(at('src/deep'), { recursive: true });
    for (const name of ['a.md', 'src/b.md', 'src/deep/c.md', 'src/d.ts']) writeFileSync(at(name), '');
    const { data } = await bench.call('list', { depth: 9, pattern });
    expect(data.entries.map((entry: { path: string }) => entry.path)).toEqual(expected);
  });

  it('refuses a cursor that is none', async () => {
    await expect(bench.call('list', { cursor: '!' })).rejects.toThrow(/^cursor: /);
  });
});

describe('write and read', () => {
  it('gives back what was written, whatever the name', async () => {
    for (const name of ODD) {
      const { data } = await bench.call('write', { path: `${name}`, content: 'grüße\n' });
      const back = await bench.call('read', { path: name });
      expect(back.data).toMatchObject({ content: 'grüße\n', size: 8, binary: false, sha256: data.sha256 });
    }
    expect(readdirSync(bench.inside).sort()).toEqual([...ODD].sort());
  });

  it('replaces only when asked to, and keeps permissions', async () => {
    writeFileSync(at('f'), 'one');
    chmodSync(at('f'), 0o640);
    await expect(bench.call('write', { path: 'f', content: 'two' })).rejects.toThrow(
      /^path: there is a file/,
    );
    const sha256 = createHash('sha256').update('one').digest('hex');
    const wrong = bench.call('write', { path: 'f', content: 'two', ifMatch: sha256.replace(/./, '0') });
    await expect(wrong).rejects.toThrow(/^ifMatch: .*has changed/);
    expect(readFileSync(at('f'), 'utf8')).toBe('one');
    await bench.call('write', { path: 'f', content: 'two', ifMatch: sha256 });
    expect(readFileSync(at('f'), 'utf8')).toBe('two');
    expect(statSync(at('f')).mode & 0o777).toBe(0o640);
    const { data } = await bench.call('write', {
      path: 'f',
      content: 'AAE=',
      encoding: 'base64',
      overwrite: 'always',
    });
    expect(data).toMatchObject({ bytes: 2, replaced: true });
  });

  it('makes folders only when asked to', async () => {
    await expect(bench.call('write', { path: 'a/b/c', content: '' })).rejects.toThrow(/^path: .*no such/);
    const { data } = await bench.call('write', { path: 'a/b/c', content: '', createFolders: true });
    expect(data.createdFolders).toEqual([at('a'), at('a/b')]);
  });

  it('reads a part at whole characters and says where to go on', async () => {
    writeFileSync(at('f'), 'aüü');
    const first = await bench.call('read', { path: 'f', length: 4 });
    expect(first.data).toMatchObject({ content: 'aü', length: 3, nextOffset: 3, size: 5 });
    expect((await bench.call('read', { path: 'f', offset: 3 })).data).toMatchObject({ content: 'ü' });
    await expect(bench.call('read', { path: 'f', offset: 6 })).rejects.toThrow(
      /^offset: the file has 5 bytes/,
    );
  });

  it('gives binary files only as base64', async () => {
    writeFileSync(at('f'), Buffer.from([0, 1, 0xff]));
    expect((await bench.call('read', { path: 'f' })).data).toMatchObject({
      binary: true,
      content: '',
      length: 0,
    });
    expect((await bench.call('read', { path: 'f', encoding: 'base64' })).data).toMatchObject({
      content: 'AAH/',
    });
  });

  it('caps what is read', async () => {
    writeFileSync(at('f'), 'x'.repeat(300_000));
    expect((await bench.call('read', { path: 'f' })).data).toMatchObject({
      length: 262_144,
      nextOffset: 262_144,
    });
    await expect(bench.call('read', { path: 'f', length: 2_000_000 })).rejects.toThrow('at most 1048576');
  });
});

describe('move', () => {
  it('renames, and replaces a file only when asked to', async () => {
    writeFileSync(at('a'), 'a');
    writeFileSync(at('b'), 'b');
    await expect(bench.call('move', { from: 'a', to: 'b' })).rejects.toThrow(/^to: .*overwrite: true/);
    await bench.call('move', { from: 'a', to: 'b', overwrite: true });
    await bench.call('move', { from: 'b', to: 'c\n' });
    expect(readdirSync(bench.inside)).toEqual(['c\n']);
  });

  it('moves no folder into itself or over another', async () => {
    mkdirSync(at('a/b'), { recursive: true });
    mkdirSync(at('c'));
    await expect(bench.call('move', { from: 'a', to: 'a/b/c' })).rejects.toThrow(/^to: must not/);
    await expect(bench.call('move', { from: 'a', to: 'c', overwrite: true })).rejects.toThrow(
      /^to: .*a folder/,
    );
    await bench.call('move', { from: 'a', to: 'c/a' });
    expect(existsSync(at('c/a/b'))).toBe(true);
  });

  const other = '/dev/shm';
  const isOther = existsSync(other) && statSync(other).dev !== statSync(process.env.TMPDIR ?? '/tmp').dev;
  it.runIf(isOther)(
    'moves files, links and folders to another file system (needs one at /dev/shm)',
    async () => {
      const far = mkdtempSync(path.join(other, 'meanwhile-files-'));
      const both = openBench({ folder: [bench.inside, far] });
      mkdirSync(at('tree/deep'), { recursive: true });
      writeFileSync(at('tree/deep/f'), 'x'.repeat(3_000_000));
      symlinkSync('deep', at('tree/link'));
      writeFileSync(at('one'), 'one');
      for (const name of ['tree', 'one']) {
        const { data } = await both.call('move', { from: name, to: path.join(far, name) });
        expect(data).toMatchObject({ moved: true, copied: true });
      }
      expect(readdirSync(bench.inside)).toEqual([]);
      expect(readdirSync(far).sort()).toEqual(['one', 'tree']);
      expect(readdirSync(path.join(far, 'tree')).sort()).toEqual(['deep', 'link']);
      expect(statSync(path.join(far, 'tree/deep/f')).size).toBe(3_000_000);
      await both.close();
      rmSync(far, { recursive: true });
    },
  );
});

describe('remove', () => {
  it('counts what is gone, and takes a full folder only when asked to', async () => {
    mkdirSync(at('a/b'), { recursive: true });
    for (const name of ODD) writeFileSync(at('a/b', name), 'four');
    await expect(bench.call('remove', { path: 'a' })).rejects.toThrow(/^path: .*recursive: true.*not empty/);
    const work = recordedWork();
    const { data } = await bench.call('remove', { path: 'a', recursive: true }, work);
    expect(data).toMatchObject({ files: ODD.length, folders: 2, bytes: 4 * ODD.length, failedCount: 0 });
    expect(work.told.at(-1)).toMatchObject({ value: ODD.length + 1, total: ODD.length + 1, unit: 'entries' });
    await expect(bench.call('remove', { path: 'a' })).rejects.toThrow(/^path: there is nothing/);
  });

  it('says what is still there after a stop', async () => {
    mkdirSync(at('a'));
    for (let n = 0; n < 20; n++) writeFileSync(at('a', String(n)), '');
    const work = recordedWork();
    work.stop();
    const outcome = await bench.call('remove', { path: 'a', recursive: true }, work);
    expect(outcome).toMatchObject({
      isError: true,
      stop: { stopped: true, remains: expect.stringContaining('still there') },
    });
    expect(readdirSync(at('a'))).toHaveLength(20);
  });
});

describe('search', () => {
  beforeEach(() => {
    mkdirSync(at('src/.git'), { recursive: true });
    writeFileSync(at('src/a.txt'), 'one\r\nTwo words\nthree');
    writeFileSync(at('src/b.md'), 'two');
    writeFileSync(at('src/.git/c'), 'two');
    writeFileSync(at('src/binary'), Buffer.from('two\0two'));
  });

  it.each([
    [{ text: 'two' }, ['src/b.md:1:1']],
    [{ text: 'two', ignoreCase: true }, ['src/a.txt:2:1', 'src/b.md:1:1']],
    [{ text: 'two', hidden: true }, ['src/.git/c:1:1', 'src/b.md:1:1']],
    [{ pattern: 'w\\w+s$' }, ['src/a.txt:2:5']],
    [{ pattern: '^t', glob: '*.txt' }, ['src/a.txt:3:1']],
    [{ text: 't.o' }, []],
  ])('%j', async (args, expected) => {
    const { data } = await bench.call('search', args);
    expect(
      data.matches.map(
        (each: { path: string; line: number; column: number }) => `${each.path}:${each.line}:${each.column}`,
      ),
    ).toEqual(expected);
  });

  it('caps lines and matches', async () => {
    writeFileSync(at('long'), `${'x'.repeat(10_000)}needle${'y'.repeat(10_000)}\n`.repeat(5));
    const { data } = await bench.call('search', { text: 'needle', limit: 3 });
    expect(data).toMatchObject({ cut: true, matches: [{ line: 1 }, { line: 2 }, { line: 3 }] });
    expect(data.matches[0].text).toHaveLength(402);
    expect(data.matches[0].text).toContain('needle');
  });

  it('does not hang on a pattern made to hang', async () => {
    writeFileSync(at('as'), `${'a'.repeat(50_000)}!`);
    const { data } = await bench.call('search', { pattern: '^(a+)+$', path: 'as' });
    expect(data).toMatchObject({ matches: [], searched: 1 });
  });

  it.each([
    [{}, 'text, pattern: expected one'],
    [{ text: 'a', pattern: 'b' }, 'text, pattern: expected one'],
    [{ pattern: '(' }, 'pattern: expected a regular expression'],
    [{ pattern: '(?=a)' }, 'pattern: expected a regular expression'],
    [{ text: 'a', path: 'none' }, 'path: there is nothing'],
  ])('refuses %j', async (args, words) => {
    await expect(bench.call('search', args)).rejects.toThrow(words);
  });
});

it('offers nothing that changes files when it is read-only', async () => {
  const reading = openBench({ 'read-only': true });
  expect(reading.names).toEqual(['list', 'read', 'search', 'watch', 'unwatch', 'watched', 'changes']);
  await reading.close();
});
