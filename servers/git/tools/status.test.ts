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
