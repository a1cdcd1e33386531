import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../test/sandbox.ts';

describe('status', () => {
  it('says what is changed, staged, renamed, in conflict and untracked', async () => {
    const box = sandbox();
    const place = box.repository('it', {
      'a.txt': 'one\n',
      'old name.txt': 'some text to be known again\n',
      'c.txt': 'c\n',
    });
    expect((await box.call('status', { repository: 'it' })).data).toMatchObject({
      isClean: true,
      branch: 'main',
      count: 0,
    });
    box.git(place, 'mv', 'old name.txt', 'new name.txt');
    box.write(path.join(place, 'a.txt'), 'two\n');
    box.write(path.join(place, 'ünew\n.txt'), 'new');
    box.git(place, 'rm', '-q', '--cached', 'c.txt');
    const { data, text } = await box.call('status', { repository: path.join(place) });
    expect(data.isClean).toBe(false);
    expect(data.entries).toEqual([
      { path: 'a.txt', kind: 'changed', unstaged: 'modified' },
      { path: 'c.txt', kind: 'changed', staged: 'deleted' },
      { path: 'new name.txt', from: 'old name.txt', kind: 'changed', staged: 'renamed' },
      { path: 'c.txt', kind: 'untracked' },
      { path: 'ünew\n.txt', kind: 'untracked' },
    ]);
    expect(text).toContain('staged: renamed: old name.txt → new name.txt');
    const page = await box.call('status', { repository: place, limit: 1, skip: 1 });
    expect(page.data).toMatchObject({ count: 5, entries: [{ path: 'c.txt' }] });
    expect(page.text).toContain('… 4 more');
  });

  it('names a conflict, and a repository without a commit', async () => {
    const box = sandbox();
    const place = box.repository('it');
    box.git(place, 'checkout', '-q', '-b', 'other');
    box.write(path.join(place, 'a.txt'), 'other\n');
    box.git(place, 'commit', '-qam', 'other');
    box.git(place, 'checkout', '-q', 'main');
    box.write(path.join(place, 'a.txt'), 'mine\n');
    box.git(place, 'commit', '-qam', 'mine');
    expect(() => box.git(place, 'merge', 'other')).toThrow();
    const { data } = await box.call('status', { repository: place });
    expect(data).toMatchObject({ unfinished: 'merge', entries: [{ path: 'a.txt', kind: 'conflict' }] });
    box.git(box.folder, 'init', '-q', 'fresh');
    const fresh = await box.call('status', { repository: 'fresh' });
    expect(fresh.text).toContain('no commit yet');
    expect(fresh.data.head).toBeUndefined();
  });

  it('refuses a folder that belongs to a repository outside', async () => {
    const box = sandbox();
    const base = path.dirname(box.folder);
    box.git(base, 'init', '-q');
    await expect(box.call('status', { repository: '.' })).rejects.toThrow('outside the configured folders');
    const place = box.repository('it');
    writeFileSync(path.join(place, 'elsewhere'), '');
    box.git(place, 'config', 'core.worktree', base);
    await expect(box.call('status', { repository: 'it' })).rejects.toThrow('outside the configured folders');
  });
});

describe('log', () => {
  it('lists commits page by page, whatever a message holds', async () => {
    const box = sandbox();
    const place = box.repository('it');
    const message = 'second\n\nbody \u001e with --format=%H\n\nmore';
    box.git(place, 'commit', '-q', '--allow-empty', '-m', message);
    box.git(place, 'tag', 'v1');
    const { data, text } = await box.call('log', { repository: 'it' });
    expect(data).toMatchObject({
      hasMore: false,
      commits: [
        { subject: 'second', author: 'Test' },
        { subject: 'first', parents: [] },
      ],
    });
    expect(data.commits[0]).toMatchObject({
      refs: ['HEAD -> main', 'tag: v1'],
      body: 'body \u001e with --format=%H\n\nmore',
    });
    expect(text.split('\n')).toHaveLength(3);
    const page = await box.call('log', { repository: 'it', limit: 1 });
    expect(page.data).toMatchObject({ hasMore: true, commits: [{ subject: 'second' }] });
    const only = await box.call('log', {
      repository: 'it',
      paths: ['a.txt'],
      author: 'Test',
      since: '1 hour ago',
    });
    expect(only.data.commits).toHaveLength(1);
    expect((await box.call('log', { repository: 'it', author: 'T.st' })).data.commits).toEqual([]);
  });

  it('says that there is no commit, or no such revision', async () => {
    const box = sandbox();
    box.git(box.folder, 'init', '-q', 'fresh');
    expect(await box.call('log', { repository: 'fresh' })).toMatchObject({ data: { commits: [] } });
    box.repository('it');
    const wrong = await box.call('log', { repository: 'it', from: 'nope' });
    expect(wrong).toMatchObject({ isError: true, data: { failure: { reason: 'git_failed' } } });
    await expect(box.call('log', { repository: 'it', from: 'HEAD..--output=x' })).rejects.toThrow('from:');
  });
});

describe('diff', () => {
  it('counts lines by file and shows the patch', async () => {
    const box = sandbox();
    const place = box.repository('it', { 'a.txt': 'one\n', 'b.bin': Buffer.from([0, 1, 2]) });
    expect((await box.call('diff', { repository: 'it' })).text).toBe('No differences');
    box.write(path.join(place, 'a.txt'), 'one\ntwo\n');
    box.write(path.join(place, 'b.bin'), Buffer.from([0, 1, 3]));
    const { data } = await box.call('diff', { repository: 'it' });
    expect(data).toMatchObject({
      fileCount: 2,
      added: 1,
      deleted: 0,
      files: [
        { path: 'a.txt', added: 1, deleted: 0, isBinary: false },
        { path: 'b.bin', isBinary: true },
      ],
    });
    expect(data.patch).toContain('+two');
    box.git(place, 'add', '-A');
    expect((await box.call('diff', { repository: 'it' })).data.fileCount).toBe(0);
    expect(
      (await box.call('diff', { repository: 'it', staged: true, paths: ['a.txt'] })).data.fileCount,
    ).toBe(1);
    box.git(place, 'mv', 'a.txt', 'z.txt');
    box.git(place, 'commit', '-qm', 'second');
    const between = await box.call('diff', { repository: 'it', from: 'HEAD~1', to: 'HEAD', patch: false });
    expect(between.data.files).toContainEqual({
      path: 'z.txt',
      from: 'a.txt',
      added: 1,
      deleted: 0,
      isBinary: false,
    });
    expect(between.data.patch).toBeUndefined();
  });

  it('caps the patch and says how much is missing', async () => {
    const box = sandbox();
    const place = box.repository('it');
    box.write(path.join(place, 'a.txt'), 'a long line of text\n'.repeat(10_000));
    const { data } = await box.call('diff', { repository: 'it' });
    expect(data.patch.length).toBeLessThan(70_000);
    expect(data.patchCutBytes).toBeGreaterThan(100_000);
    expect(data.patch).toContain('bytes cut');
  });

  it('runs no program that the repository names', async () => {
    const box = sandbox();
    const place = box.repository('it', { 'a.txt': 'one\n', '.gitattributes': '*.txt diff=evil\n' });
    const mark = path.join(box.folder, 'mark');
    box.git(place, 'config', 'diff.evil.command', `touch ${mark}; true`);
    box.git(place, 'config', 'diff.evil.textconv', `touch ${mark}; cat`);
    box.git(place, 'config', 'core.fsmonitor', `touch ${mark}; true`);
    box.write(path.join(place, 'a.txt'), 'two\n');
    expect((await box.call('diff', { repository: 'it' })).data.fileCount).toBe(1);
    await box.call('status', { repository: 'it' });
    expect(() => box.git(box.folder, 'hash-object', mark)).toThrow();
  });
});

describe('commit', () => {
  it('commits what is staged, and checks parent and tree', async () => {
    const box = sandbox();
    const place = box.repository('it');
    const parent = box.git(place, 'rev-parse', 'HEAD');
    box.write(path.join(place, 'new/b.txt'), 'b');
    box.write(path.join(place, 'a.txt'), 'two\n');
    const message = '-m is no option\n\n# nor is this a comment';
    const only = await box.call('commit', { repository: 'it', message, paths: ['new/b.txt'] });
    const head = box.git(place, 'rev-parse', 'HEAD');
    expect(only).toMatchObject({
      isError: false,
      data: { verified: true, head, parent, branch: 'main', files: ['new/b.txt'], fileCount: 1 },
    });
    expect(box.git(place, 'log', '-1', '--format=%B')).toBe(message);
    expect(box.git(place, 'status', '--porcelain')).toBe('M a.txt');
    const all = await box.call('commit', {
      repository: 'it',
      message: 'all',
      stage: 'all',
      author: 'Me <me@example.org>',
    });
    expect(all.data).toMatchObject({ verified: true, parent: head, files: ['a.txt'] });
    const amended = await box.call('commit', { repository: 'it', message: 'better', amend: true });
    expect(amended.data).toMatchObject({ verified: true, parent: head });
  });

  it('makes the first commit', async () => {
    const box = sandbox();
    box.git(box.folder, 'init', '-q', 'fresh');
    box.write(path.join(box.folder, 'fresh/a'), 'a');
    const outcome = await box.call('commit', { repository: 'fresh', message: 'first', stage: 'all' });
    expect(outcome).toMatchObject({ isError: false, data: { verified: true } });
    expect(outcome.data.parent).toBeUndefined();
  });

  it('fails with the words of git when there is nothing, or a hook says no', async () => {
    const box = sandbox();
    const place = box.repository('it');
    const nothing = await box.call('commit', { repository: 'it', message: 'nothing' });
    expect(nothing).toMatchObject({ isError: true, data: { verified: false, failure: { exitStatus: 1 } } });
    expect(nothing.text).toContain('nothing to commit');
    writeFileSync(path.join(place, '.git/hooks/pre-commit'), '#!/bin/sh\necho "not on a Friday"; exit 3\n', {
      mode: 0o755,
    });
    box.write(path.join(place, 'a.txt'), 'two\n');
    const hooked = await box.call('commit', { repository: 'it', message: 'x', stage: 'tracked' });
    expect(hooked.text).toContain('not on a Friday');
    expect(hooked.text).toContain('No commit was made; what was staged is staged.');
  });

  it('says what differs when something else than what was staged is in the commit', async () => {
    const box = sandbox();
    const place = box.repository('it');
    const hook = '#!/bin/sh\ngit update-ref HEAD HEAD~1\n';
    writeFileSync(path.join(place, '.git/hooks/post-commit'), hook, { mode: 0o755 });
    box.write(path.join(place, 'a.txt'), 'two\n');
    const outcome = await box.call('commit', { repository: 'it', message: 'x', stage: 'all' });
    expect(outcome).toMatchObject({ isError: true, data: { verified: false } });
  });

  it.each([
    [{ message: ' ' }, 'must not be empty'],
    [{ message: 'x', author: 'me' }, 'must be of the form Name <address>'],
    [{ message: 'x', paths: ['--all'] }, 'must not begin with -'],
  ])('refuses by its schema %j', (args, reason) => {
    const result = sandbox()
      .tool('commit')
      .input.safeParse({ repository: '.', ...args });
    expect(result.error?.message).toContain(reason);
  });
});

describe('checkout', () => {
  it('switches to branches, new ones, tags, and those that only a remote has', async () => {
    const box = sandbox();
    const source = box.repository('source');
    box.git(source, 'branch', 'feature/x');
    box.git(box.folder, 'clone', '-q', source, 'it');
    const place = path.join(box.folder, 'it');
    box.git(place, 'tag', 'v1');
    const head = box.git(place, 'rev-parse', 'HEAD');
    const steps = [
      [{ ref: 'feature/x' }, { branch: 'feature/x', head }],
      [{ ref: 'main' }, { branch: 'main', head }],
      [
        { ref: 'new', create: true, from: 'v1' },
        { branch: 'new', head },
      ],
      [{ ref: 'v1' }, { head }],
      [{ ref: head.slice(0, 8) }, { head }],
    ] as const;
    for (const [args, data] of steps) {
      const outcome = await box.call('checkout', { repository: 'it', ...args });
      expect(outcome).toMatchObject({ isError: false, data: { verified: true, ...data } });
      expect(outcome.data.branch).toBe('branch' in data ? data.branch : undefined);
    }
    expect(box.git(place, 'rev-parse', '--abbrev-ref', 'feature/x@{u}')).toBe('origin/feature/x');
  });

  it('names the files with local changes and leaves them alone', async () => {
    const box = sandbox();
    const place = box.repository('it');
    box.git(place, 'checkout', '-q', '-b', 'other');
    box.write(path.join(place, 'a.txt'), 'other\n');
    box.write(path.join(place, 'b.txt'), 'other\n');
    box.git(place, 'add', '-A');
    box.git(place, 'commit', '-qm', 'other');
    box.git(place, 'checkout', '-q', 'main');
    box.write(path.join(place, 'a.txt'), 'mine\n');
    box.write(path.join(place, 'b.txt'), 'mine\n');
    const outcome = await box.call('checkout', { repository: 'it', ref: 'other' });
    expect(outcome).toMatchObject({
      isError: true,
      data: { branch: 'main', blocking: ['a.txt', 'b.txt'], failure: { reason: 'would_overwrite' } },
    });
    expect(box.git(place, 'status', '--porcelain')).toBe('M a.txt\n?? b.txt');
  });

  it.each([
    [{ ref: 'nope' }, 'ref: there is no branch, tag or commit nope'],
    [{ ref: 'main', create: true }, 'ref: there is a branch main already'],
    [{ ref: 'a..b', create: true }, 'ref: must be a branch name'],
    [{ ref: 'main', from: 'HEAD' }, 'from: goes with create only'],
  ])('refuses %j', async (args, reason) => {
    const box = sandbox();
    box.repository('it');
    await expect(box.call('checkout', { repository: 'it', ...args })).rejects.toThrow(reason);
  });
});

describe('branch', () => {
  it('lists, creates, renames and deletes, each checked', async () => {
    const box = sandbox();
    const place = box.repository('it');
    const head = box.git(place, 'rev-parse', 'HEAD');
    const call = (args: object) => box.call('branch', { repository: 'it', ...args });
    expect(await call({ action: 'create', name: 'one' })).toMatchObject({
      isError: false,
      data: { verified: true, head },
    });
    expect(await call({ action: 'rename', name: 'one', to: 'two' })).toMatchObject({
      data: { verified: true },
    });
    const list = await call({});
    expect(list.data.count).toBe(2);
    expect(list.data.branches).toContainEqual(
      expect.objectContaining({ name: 'main', id: head, isCurrent: true, isRemote: false, subject: 'first' }),
    );
    expect(await call({ action: 'delete', name: 'two' })).toMatchObject({
      isError: false,
      data: { verified: true, head },
    });
    expect(box.git(place, 'branch', '--format=%(refname:short)')).toBe('main');
  });

  it('deletes what is not merged only by force, and says its commit', async () => {
    const box = sandbox();
    const place = box.repository('it');
    box.git(place, 'checkout', '-q', '-b', 'topic');
    box.git(place, 'commit', '-q', '--allow-empty', '-m', 'topic');
    const head = box.git(place, 'rev-parse', 'HEAD');
    box.git(place, 'checkout', '-q', 'main');
    const refused = await box.call('branch', { repository: 'it', action: 'delete', name: 'topic' });
    expect(refused.text).toContain("error: The branch 'topic' is not fully merged");
    const forced = await box.call('branch', {
      repository: 'it',
      action: 'delete',
      name: 'topic',
      force: true,
    });
    expect(forced).toMatchObject({ isError: false, data: { verified: true, head } });
    expect(forced.text).toContain(head.slice(0, 10));
  });

  it.each([
    [{ action: 'create' }, 'name: create needs the name of a branch'],
    [{ action: 'create', name: 'main' }, 'name: there is a branch main already'],
    [{ action: 'create', name: 'x', from: 'nope' }, 'from: there is no commit nope'],
    [{ action: 'rename', name: 'main' }, 'to: rename needs the new name'],
    [{ action: 'delete', name: 'nope' }, 'name: there is no branch nope'],
  ])('refuses %j', async (args, reason) => {
    const box = sandbox();
    box.repository('it');
    await expect(box.call('branch', { repository: 'it', ...args })).rejects.toThrow(reason);
  });
});
