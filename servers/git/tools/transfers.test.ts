import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { noise, type Sandbox, sandbox } from '../test/sandbox.ts';

/** A bare remote with two clones of it, `mine` and `theirs`. */
function twoClones(box: Sandbox) {
  const bare = box.bare('remote.git', box.repository('source', { 'a.txt': 'one\n', 'b.txt': 'one\n' }));
  for (const name of ['mine', 'theirs']) box.git(box.folder, 'clone', '-q', `file://${bare}`, name);
  const [mine, theirs] = [path.join(box.folder, 'mine'), path.join(box.folder, 'theirs')];
  const commit = (place: string, file: string, text: string): string => {
    box.write(path.join(place, file), text);
    box.git(place, 'add', '-A');
    box.git(place, 'commit', '-q', '-m', `change ${file}`);
    return box.git(place, 'rev-parse', 'HEAD');
  };
  return { bare, mine, theirs, commit };
}

describe('push', () => {
  it('tells the phases with counts, and checks that the remote has what is here', async () => {
    const box = sandbox();
    const { bare, mine, commit } = twoClones(box);
    for (const [file, bytes] of Object.entries(noise(20, 500))) box.write(path.join(mine, file), bytes);
    const head = commit(mine, 'a.txt', 'two\n');
    const work = recordedWork();
    const outcome = await box.call('push', { repository: 'mine' }, { work });
    expect(outcome.text.split('\n')[0]).toBe('Pushed to origin: main (updated); verified.');
    expect(outcome).toMatchObject({
      isError: false,
      data: {
        remote: 'origin',
        verified: true,
        refs: [{ from: 'refs/heads/main', to: 'refs/heads/main', state: 'updated' }],
        checks: [{ ok: true, expected: head, found: head }],
      },
    });
    expect(box.git(bare, 'rev-parse', 'main')).toBe(head);
    expect(work.told).toContainEqual(
      expect.objectContaining({ phase: 'Writing objects', value: 24, total: 24, unit: 'objects' }),
    );
  });

  it('pushes under another name, tags, upstream, and deletes', async () => {
    const box = sandbox();
    const { bare, mine, commit } = twoClones(box);
    const head = commit(mine, 'a.txt', 'two\n');
    box.git(mine, 'tag', '-a', '-m', 'first', 'v1');
    const pushed = await box.call('push', {
      repository: mine,
      refs: ['HEAD:topic', 'v1'],
      setUpstream: true,
    });
    expect(pushed).toMatchObject({ isError: false, data: { verified: true } });
    expect(box.git(bare, 'rev-parse', 'topic')).toBe(head);
    expect(box.git(bare, 'rev-parse', 'v1')).toBe(box.git(mine, 'rev-parse', 'v1'));
    expect(box.git(mine, 'rev-parse', '--abbrev-ref', 'main@{u}')).toBe('origin/topic');
    box.git(mine, 'tag', 'v2');
    expect(await box.call('push', { repository: mine, tags: true })).toMatchObject({
      data: { verified: true },
    });
    const deleted = await box.call('push', { repository: mine, delete: ['topic'] });
    expect(deleted).toMatchObject({ isError: false, data: { verified: true, refs: [{ state: 'deleted' }] } });
    expect(box.git(bare, 'branch', '--list', 'topic')).toBe('');
    expect(box.git(bare, 'tag', '--list')).toBe('v1\nv2');
  });

  it('says what the remote refused, and overwrites with a lease only', async () => {
    const box = sandbox();
    const { bare, mine, theirs, commit } = twoClones(box);
    const other = commit(theirs, 'a.txt', 'theirs\n');
    box.git(theirs, 'push', '-q');
    const head = commit(mine, 'a.txt', 'mine\n');
    const refused = await box.call('push', { repository: mine });
    expect(refused.isError).toBe(true);
    expect(refused.text).toMatch(
      /^The push failed \(exit status 1\): the remote refused main: \[rejected\] \(fetch first\)/,
    );
    expect(refused.data).toMatchObject({ verified: false, failure: { reason: 'rejected' } });
    expect(refused.text).toContain('Nothing of it is at origin');
    const stale = await box.call('push', { repository: mine, force: 'with-lease' });
    expect(stale).toMatchObject({ isError: true, data: { refs: [{ state: 'rejected' }] } });
    expect(box.git(bare, 'rev-parse', 'main')).toBe(other);
    box.git(mine, 'fetch', '-q');
    const forced = await box.call('push', { repository: mine, force: 'with-lease' });
    expect(forced).toMatchObject({ isError: false, data: { verified: true, refs: [{ state: 'forced' }] } });
    expect(box.git(bare, 'rev-parse', 'main')).toBe(head);
  });

  it('says what differs when the remote has something else afterwards', async () => {
    const box = sandbox();
    const { bare, mine, commit } = twoClones(box);
    const old = box.git(bare, 'rev-parse', 'main');
    commit(mine, 'a.txt', 'two\n');
    const hook = path.join(bare, 'hooks/post-receive');
    writeFileSync(hook, `#!/bin/sh\ngit update-ref refs/heads/main ${old}\n`, { mode: 0o755 });
    const outcome = await box.call('push', { repository: mine });
    expect(outcome).toMatchObject({
      isError: true,
      data: { verified: false, checks: [{ ok: false, found: old }] },
    });
    expect(outcome.text).toContain(`found ${old}`);
  });

  it.each([
    [{ refs: ['nope'] }, 'refs: there is no branch, tag or commit "nope"'],
    [{ refs: ['HEAD~0'] }, 'is no branch or tag, so say its name there'],
    [{ refs: ['main:a b'] }, 'is no name for a branch'],
    [{ remote: 'nope' }, 'remote: there is no "nope" (there is origin)'],
    [{ repository: '..' }, 'outside the configured folders'],
    [{ repository: 'nope' }, 'there is no folder'],
  ])('refuses %j', async (args, reason) => {
    const box = sandbox();
    twoClones(box);
    await expect(box.call('push', { repository: 'mine', ...args })).rejects.toThrow(reason);
  });
});

describe('fetch', () => {
  it('says what is new, and checks that it is what the remote has', async () => {
    const box = sandbox();
    const { mine, theirs, commit } = twoClones(box);
    const before = box.git(mine, 'rev-parse', 'origin/main');
    const head = commit(theirs, 'a.txt', 'two\n');
    box.git(theirs, 'tag', 'v1');
    box.git(theirs, 'push', '-q', '--tags', 'origin', 'main', 'main:topic');
    const outcome = await box.call('fetch', { repository: mine, tags: true });
    expect(outcome).toMatchObject({ isError: false, data: { verified: true, changedCount: 3 } });
    expect(outcome.data.changed).toContainEqual({ ref: 'refs/remotes/origin/main', before, after: head });
    expect(outcome.text).toContain('ok: 2 remote-tracking branches equal those of origin');
    box.git(theirs, 'push', '-q', 'origin', ':topic');
    const pruned = await box.call('fetch', { repository: mine, prune: true });
    expect(pruned.data).toMatchObject({
      verified: true,
      changed: [{ ref: 'refs/remotes/origin/topic', before: head }],
    });
    expect(pruned.data.changed[0].after).toBeUndefined();
    const again = await box.call('fetch', { repository: mine, branches: ['main'] });
    expect(again).toMatchObject({ isError: false, data: { verified: true, changedCount: 0 } });
  });

  it('says what differs when a branch did not follow', async () => {
    const box = sandbox();
    const { mine, theirs, commit } = twoClones(box);
    const old = box.git(mine, 'rev-parse', 'origin/main');
    const head = commit(theirs, 'a.txt', 'two\n');
    box.git(theirs, 'push', '-q');
    const hook = path.join(mine, '.git/hooks/reference-transaction');
    writeFileSync(
      hook,
      `#!/bin/sh\n[ "$1" = committed ] && [ ! -e .git/once ] && touch .git/once && git update-ref refs/remotes/origin/main ${old}\nexit 0\n`,
      { mode: 0o755 },
    );
    const outcome = await box.call('fetch', { repository: mine });
    expect(outcome).toMatchObject({ isError: true, data: { verified: false } });
    expect(outcome.data.checks).toContainEqual(
      expect.objectContaining({ ok: false, expected: head, found: old }),
    );
  });

  it('refuses a remote whose URL is not allowed', async () => {
    const box = sandbox();
    const { mine } = twoClones(box);
    box.git(mine, 'remote', 'set-url', 'origin', 'ext::sh -c touch% /tmp/never');
    await expect(box.call('fetch', { repository: mine })).rejects.toThrow('remote: origin: ext::sh');
    box.git(mine, 'remote', 'set-url', 'origin', 'file:///etc');
    await expect(box.call('fetch', { repository: mine })).rejects.toThrow('outside the configured folders');
  });
});

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
