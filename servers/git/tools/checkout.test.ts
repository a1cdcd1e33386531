import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../test/sandbox.ts';

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
