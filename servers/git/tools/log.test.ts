import { describe, expect, it } from 'vitest';
import { sandbox } from '../test/sandbox.ts';

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
