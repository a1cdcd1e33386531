import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedWork } from '../../../runtime/test/recorded-work.ts';
import { noise, sandbox } from '../../test/sandbox.ts';
import { twoClones } from '../../test/two-clones.ts';

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

describe('a push that does not come to its end', () => {
  const hanging = 'echo hook runs >&2; exec sleep 300\n';

  it.each([
    ['pre-receive', 'Nothing of it is at origin; its refs are not what would have been pushed.'],
    ['post-receive', 'At origin all the same as here: refs/heads/main.'],
  ])('is cancelled in %s, and says what the remote has', async (hook, remains) => {
    const box = sandbox();
    const { bare, mine, commit } = twoClones(box);
    commit(mine, 'a.txt', 'two\n');
    writeFileSync(path.join(bare, 'hooks', hook), `#!/bin/sh\n${hanging}`, { mode: 0o755 });
    const work = recordedWork();
    const pushing = box.call('push', { repository: mine }, { work });
    await expect.poll(() => work.text(), { interval: 10, timeout: 10_000 }).toContain('hook runs');
    work.stop();
    const outcome = await pushing;
    expect(outcome.text).toContain('Stopped the push; nothing of git runs any more.');
    expect(outcome.stop).toMatchObject({ stopped: true, left: 0, remains });
  });

  it('is ended when the remote is silent for too long', async () => {
    const box = sandbox();
    const { bare, mine, commit } = twoClones(box);
    commit(mine, 'a.txt', 'two\n');
    writeFileSync(path.join(bare, 'hooks/pre-receive'), `#!/bin/sh\n${hanging}`, { mode: 0o755 });
    const outcome = await box.call('push', { repository: mine }, { settings: { 'stall-ms': 600 } });
    expect(outcome.data.failure).toMatchObject({ reason: 'stalled' });
    expect(outcome.text).toContain('Nothing of it is at origin');
  });
});

it('pushes to the URL that is meant for pushing, and checks there', async () => {
  const box = sandbox();
  const { bare, mine, commit } = twoClones(box);
  const head = commit(mine, 'a.txt', 'two\n');
  const other = box.bare('other.git', bare);
  box.git(mine, 'remote', 'set-url', '--push', 'origin', other);
  const settings = { remote: [bare] };
  await expect(box.call('push', { repository: mine }, { settings })).rejects.toThrow(
    'other.git is not on the list',
  );
  expect(await box.call('push', { repository: mine })).toMatchObject({
    isError: false,
    data: { verified: true },
  });
  expect(box.git(other, 'rev-parse', 'main')).toBe(head);
  expect(box.git(bare, 'rev-parse', 'main')).not.toBe(head);
});
