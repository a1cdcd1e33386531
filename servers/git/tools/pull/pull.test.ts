import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../../test/sandbox.ts';
import { twoClones } from '../../test/two-clones.ts';

describe('pull', () => {
  it('goes forward, and checks that HEAD holds what the remote has', async () => {
    const box = sandbox();
    const { mine, theirs, commit } = twoClones(box);
    const head = commit(theirs, 'a.txt', 'two\n');
    box.git(theirs, 'push', '-q');
    const outcome = await box.call('pull', { repository: mine });
    expect(outcome).toMatchObject({ isError: false, data: { verified: true, after: head, branch: 'main' } });
    expect(box.git(mine, 'rev-parse', 'HEAD')).toBe(head);
    expect(await box.call('pull', { repository: mine })).toMatchObject({
      isError: false,
      data: { verified: true },
    });
  });

  it('refuses to merge unless told, then merges or rebases', async () => {
    const box = sandbox();
    const { mine, theirs, commit } = twoClones(box);
    const there = commit(theirs, 'a.txt', 'two\n');
    box.git(theirs, 'push', '-q');
    const here = commit(mine, 'b.txt', 'two\n');
    const refused = await box.call('pull', { repository: mine });
    expect(refused).toMatchObject({ isError: true, data: { verified: false, before: here, after: here } });
    expect(refused.text).toContain('Not possible to fast-forward');
    box.git(mine, 'branch', 'kept');
    expect(await box.call('pull', { repository: mine, mode: 'merge' })).toMatchObject({
      data: { verified: true },
    });
    expect(box.git(mine, 'rev-parse', 'HEAD^1', 'HEAD^2').split('\n')).toEqual([here, there]);
    box.git(mine, 'reset', '-q', '--hard', 'kept');
    expect(await box.call('pull', { repository: mine, mode: 'rebase' })).toMatchObject({
      data: { verified: true },
    });
    expect(box.git(mine, 'rev-parse', 'HEAD^')).toBe(there);
  });

  it('names conflicts by file and the state it leaves, with how to go on', async () => {
    const box = sandbox();
    const { mine, theirs, commit } = twoClones(box);
    commit(theirs, 'a.txt', 'theirs\n');
    box.git(theirs, 'push', '-q');
    commit(mine, 'a.txt', 'mine\n');
    const outcome = await box.call('pull', { repository: mine, mode: 'merge' });
    expect(outcome).toMatchObject({
      isError: true,
      data: { conflicts: ['a.txt'], unfinished: 'merge', failure: { reason: 'conflict' } },
    });
    expect(outcome.text).toContain('git merge --abort');
    await expect(box.call('pull', { repository: mine })).rejects.toThrow('A merge is under way');
    box.git(mine, 'merge', '--abort');
    const rebased = await box.call('pull', { repository: mine, mode: 'rebase' });
    expect(rebased.data).toMatchObject({ conflicts: ['a.txt'], unfinished: 'rebase' });
  });

  it('names the files with local changes that it would overwrite', async () => {
    const box = sandbox();
    const { mine, theirs, commit } = twoClones(box);
    commit(theirs, 'a.txt', 'theirs\n');
    box.git(theirs, 'push', '-q');
    box.write(path.join(mine, 'a.txt'), 'not committed\n');
    const outcome = await box.call('pull', { repository: mine });
    expect(outcome).toMatchObject({
      isError: true,
      data: { blocking: ['a.txt'], failure: { reason: 'would_overwrite' } },
    });
    expect(existsSync(path.join(mine, '.git/index.lock'))).toBe(false);
  });
});
