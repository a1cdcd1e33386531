import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../test/sandbox.ts';

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
