import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { sandbox } from '../test/sandbox.ts';
import { twoClones } from '../test/two-clones.ts';

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

it('does nothing when it was stopped before it began', async () => {
  const box = sandbox();
  twoClones(box);
  const work = recordedWork();
  work.stop();
  const outcome = await box.call('fetch', { repository: 'mine' }, { work });
  expect(outcome).toMatchObject({ isError: true, stop: { stopped: true, remains: 'Nothing was changed.' } });
});

it('judges the URL that is used, not the one that is written', async () => {
  const box = sandbox();
  const { mine } = twoClones(box);
  box.git(mine, 'remote', 'set-url', 'origin', 'https://example.org/team/it');
  box.git(mine, 'config', 'url.file:///etc/.insteadOf', 'https://example.org/team/');
  const settings = { remote: ['https://example.org/team/'] };
  await expect(box.call('fetch', { repository: mine }, { settings })).rejects.toThrow(
    'file:///etc/it is not on the list of remotes',
  );
});
