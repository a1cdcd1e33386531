import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isChanged } from './changes.ts';
import { filesChanges, filesSnapshot } from './files-snapshot.ts';
import { lookBefore } from './look-before.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'meanwhile-changes-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
const during = async (work: () => void) => {
  const before = await lookBefore(folder);
  try {
    work();
    return await before.changes();
  } finally {
    await before.forget();
  }
};

describe('in a repository', () => {
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    write('a.txt', '1\n2\n3\n');
    write('b c.txt', 'b\n');
    write('old.txt', 'one\ntwo\nthree\nfour\n');
    write('.gitignore', 'ignored\n');
    git('add', '.');
    git('commit', '-qm', 'First');
  });

  it('tells commits, refs and files, committed or not', async () => {
    const first = git('rev-parse', 'HEAD').trim();
    const changes = await during(() => {
      write('a.txt', '1\n2\nthree\nfour\n');
      renameSync(join(folder, 'old.txt'), join(folder, 'new ü.txt'));
      git('add', '.');
      git('commit', '-qm', 'Second: "quoted"');
      rmSync(join(folder, 'b c.txt'));
      write('untracked', 'x\ny');
      write('binary', '\0\0');
      write('ignored', 'x');
    });
    const second = git('rev-parse', 'HEAD').trim();
    expect(changes.commits).toEqual([{ id: second, subject: 'Second: "quoted"' }]);
    expect(changes.refs).toEqual([
      { name: 'HEAD', before: first, after: second },
      { name: 'main', before: first, after: second },
    ]);
    expect(changes.files).toEqual([
      { path: 'a.txt', change: 'modified', added: 2, removed: 1, modifiedBefore: false },
      { path: 'b c.txt', change: 'deleted', added: 0, removed: 1, modifiedBefore: false },
      { path: 'binary', change: 'added', modifiedBefore: false },
      { path: 'new ü.txt', from: 'old.txt', change: 'renamed', added: 0, removed: 0, modifiedBefore: false },
      { path: 'untracked', change: 'added', added: 2, removed: 0, modifiedBefore: false },
    ]);
    expect(changes.diffStat).toContain('5 files changed, 4 insertions(+), 2 deletions(-)');
    expect(changes.notes).toEqual([]);
  });

  it('counts only what is new of work that was there before, and says so', async () => {
    write('a.txt', '1\n2\n3\nearlier\n');
    write('untracked', 'x\n');
    const changes = await during(() => appendFileSync(join(folder, 'a.txt'), 'later\n'));
    expect(changes.files).toEqual([
      { path: 'a.txt', change: 'modified', added: 1, removed: 0, modifiedBefore: true },
    ]);
  });

  it('sees no change when there is none, also beside earlier work and ignored files', async () => {
    write('a.txt', 'earlier\n');
    const status = git('status', '--porcelain');
    const objects = () => readdirSync(join(folder, '.git/objects')).length;
    const count = objects();
    const changes = await during(() => write('ignored', 'x'));
    expect(isChanged(changes)).toBe(false);
    // Looking leaves no trace in the repository.
    expect([git('status', '--porcelain'), objects()]).toEqual([status, count]);
  });

  it('sees commits on another branch, and those that are lost', async () => {
    const changes = await during(() => {
      git('switch', '-qc', 'side');
      git('commit', '-q', '--allow-empty', '-m', 'On the side');
      git('switch', '-q', 'main');
      git('commit', '-q', '--amend', '-m', 'First, amended');
      git('branch', '-f', 'side', 'side~1');
    });
    expect(changes.commits.map(({ subject }) => subject)).toEqual(['First, amended']);
    expect(changes.refs.map(({ name }) => name)).toEqual(['HEAD', 'main', 'side']);
    const later = await during(() => git('branch', '-qD', 'side'));
    expect(later.notes).toEqual(['1 earlier commit is on no branch or tag any more.']);
  });

  it('sees what changes outside of the workspace in the same repository', async () => {
    mkdirSync(join(folder, 'sub'));
    const before = await lookBefore(join(folder, 'sub'));
    write('a.txt', 'new\n');
    const { root, files } = await before.changes();
    await before.forget();
    expect([root, files.map(({ path }) => path)]).toEqual([folder, ['a.txt']]);
  });

  it('falls back to the files where git cannot add them, and still sees commits', async () => {
    mkdirSync(join(folder, 'nested'));
    execFileSync('git', ['init', '-q'], { cwd: join(folder, 'nested') });
    const changes = await during(() => {
      write('a.txt', 'new\n');
      git('commit', '-qam', 'Second');
    });
    expect(changes).toMatchObject({
      ...{ seenBy: 'files', isWhole: true, commits: [{ subject: 'Second' }] },
      files: [{ path: 'a.txt', change: 'modified' }],
      notes: [expect.stringContaining('a nested repository'), expect.stringContaining('size and time')],
    });
  });

  it('does not claim that nothing changed when it cannot see', async () => {
    const before = await lookBefore(folder);
    rmSync(join(folder, '.git'), { recursive: true });
    const changes = await before.changes();
    await before.forget();
    expect(isChanged(changes)).toBeUndefined();
    expect(changes.notes).toEqual(['The repository is not there any more.']);
  });

  it('works before the first commit', async () => {
    rmSync(join(folder, '.git'), { recursive: true });
    git('init', '-q');
    const changes = await during(() => {
      write('z', 'z\n');
      git('add', '.');
      git('commit', '-qm', 'The very first');
    });
    expect(changes.commits.map(({ subject }) => subject)).toEqual(['The very first']);
    expect(changes.files.map(({ path }) => path)).toEqual(['z']);
  });
});

describe('without a repository', () => {
  it('compares sizes and times', async () => {
    mkdirSync(join(folder, 'node_modules'));
    write('gone', 'x');
    write('same', 'x');
    write('more', 'x');
    const changes = await during(() => {
      rmSync(join(folder, 'gone'));
      appendFileSync(join(folder, 'more'), 'y');
      write('new', 'x');
      write('node_modules/x', 'x');
    });
    expect(changes.files).toEqual([
      { path: 'gone', change: 'deleted', modifiedBefore: false },
      { path: 'more', change: 'modified', modifiedBefore: false },
      { path: 'new', change: 'added', modifiedBefore: false },
    ]);
    expect(changes.notes[0]).toBe('The workspace is in no git repository.');
    expect(isChanged(await during(() => {}))).toBe(false);
  });

  it('of a folder that is not seen whole claims nothing about missing files', async () => {
    for (const name of ['a', 'b', 'c']) write(name, name);
    const before = await filesSnapshot(folder, 2);
    const [seen] = before.files.keys();
    write(seen!, 'changed');
    expect(filesChanges(before, before)).toMatchObject({ files: [], isWhole: false });
    const { files, notes, isWhole } = filesChanges(before, await filesSnapshot(folder, 2));
    expect(isWhole).toBe(false);
    expect(files).toEqual([{ path: seen, change: 'modified', modifiedBefore: false }]);
    expect(notes.at(-1)).toContain('Only the first 2 files');
  });
});
