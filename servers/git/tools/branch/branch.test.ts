import { describe, expect, it } from 'vitest';
import { sandbox } from '../../test/sandbox.ts';

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
