import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedWork } from '../../../runtime/test/recorded-work.ts';
import { noise, sandbox } from '../../test/sandbox.ts';

describe('clone over file://', () => {
  it('tells the phases with counts, checks, and names what is there', async () => {
    const box = sandbox();
    const source = box.repository('source', noise(40, 2_000));
    const head = box.git(source, 'rev-parse', 'HEAD');
    const work = recordedWork();
    const outcome = await box.call('clone', { url: `file://${source}`, destination: 'new/copy' }, { work });
    const copy = path.join(box.folder, 'new/copy');
    expect(outcome.text.split('\n')[0]).toBe(
      `Cloned file://${source} into ${copy}: main at ${head.slice(0, 10)}; verified.`,
    );
    expect(outcome).toMatchObject({
      isError: false,
      data: { repository: copy, verified: true, head, branch: 'main', isEmpty: false },
    });
    expect(outcome.data.checks.length).toBeGreaterThanOrEqual(3);
    expect(box.git(copy, 'status', '--porcelain')).toBe('');
    expect(work.told).toContainEqual(
      expect.objectContaining({ phase: 'Receiving objects', value: 43, total: 43, unit: 'objects' }),
    );
    expect(work.told.map(({ phase }) => phase)).toContain('Remote: counting objects');
  });

  it('says of an empty remote that it is empty', async () => {
    const box = sandbox();
    box.git(box.folder, 'init', '-q', '--bare', 'empty.git');
    const outcome = await box.call('clone', { url: 'empty.git', destination: 'copy' });
    expect(outcome).toMatchObject({ isError: false, data: { verified: true, isEmpty: true } });
    expect(outcome.text).toContain('which is empty');
  });

  it('says what differs when the remote names a branch that it does not have', async () => {
    const box = sandbox();
    const bare = box.bare('source.git', box.repository('source'));
    box.git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/gone');
    const outcome = await box.call('clone', { url: bare, destination: 'copy' });
    expect(outcome).toMatchObject({ isError: true, data: { verified: false } });
    expect(outcome.text).toContain('differs: HEAD resolves: expected a commit');
  });

  it('says what differs when the working tree is not as committed', async () => {
    const box = sandbox();
    const source = box.repository('source');
    const hook = path.join(box.folder, 'template/hooks/post-checkout');
    box.write(hook, '#!/bin/sh\necho more >> a.txt\n');
    chmodSync(hook, 0o755);
    box.git(box.folder, 'config', '--global', 'init.templateDir', path.join(box.folder, 'template'));
    const outcome = await box.call('clone', { url: source, destination: 'copy' });
    expect(outcome).toMatchObject({ isError: true, data: { verified: false } });
    expect(outcome.text).toContain('differs: the working tree is clean: expected no changes, found 1: a.txt');
  });

  it('takes a branch, a tag, a depth and submodules', async () => {
    const box = sandbox();
    const inner = box.repository('inner');
    const source = box.repository('source');
    box.git(
      source,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      `file://${inner}`,
      'inner',
    );
    box.git(source, 'commit', '-q', '-m', 'second');
    box.git(source, 'tag', 'v1');
    box.git(source, 'branch', 'other');
    const shallow = await box.call('clone', { url: source, destination: 'a', branch: 'other', depth: 1 });
    expect(shallow).toMatchObject({ isError: false, data: { verified: true, branch: 'other' } });
    expect(box.git(path.join(box.folder, 'a'), 'rev-list', '--count', 'HEAD')).toBe('1');
    const tag = await box.call('clone', { url: source, destination: 'b', branch: 'v1', submodules: true });
    expect(tag).toMatchObject({ isError: false, data: { verified: true } });
    expect(tag.data.branch).toBeUndefined();
    expect(tag.text).toContain('ok: every submodule is at its commit');
    expect(existsSync(path.join(box.folder, 'b/inner/a.txt'))).toBe(true);
  });

  it('fails with the words of git and leaves nothing', async () => {
    const box = sandbox();
    box.repository('source');
    const outcome = await box.call('clone', { url: 'source', destination: 'x/y/copy', branch: 'nope' });
    expect(outcome.isError).toBe(true);
    expect(outcome.text).toMatch(
      /^The clone failed \(exit status 128\): fatal: Remote branch nope not found/,
    );
    expect(outcome.data).toMatchObject({
      verified: false,
      failure: { reason: 'git_failed', exitStatus: 128 },
    });
    expect(readdirSync(box.folder)).toEqual(['source']);
  });
});

describe('clone refuses', () => {
  it.each([
    [{ url: 'ext::sh -c id' }, 'url: ext::sh -c id names a transport helper'],
    [{ url: '/etc', destination: 'copy' }, 'url: /etc is outside the configured folders'],
    [{ url: 'source', destination: '../copy' }, 'destination: '],
    [{ url: 'source', destination: 'out/copy' }, 'is outside the configured folders'],
    [{ url: 'source', destination: 'source' }, 'is there and not empty'],
    [{ url: 'source', destination: 'source/a.txt' }, 'is no folder'],
    [{ url: 'https://example.org/..' }, 'the URL gives no name'],
  ])('%j', async (args, reason) => {
    const box = sandbox();
    box.repository('source');
    symlinkSync('/tmp', path.join(box.folder, 'out'));
    await expect(box.call('clone', args)).rejects.toThrow(reason);
  });

  it.each([
    [{ url: '--upload-pack=x' }, 'must not begin with -'],
    [{ url: 'a\nb' }, 'control characters'],
    [{ url: 'a', branch: '-x' }, 'must not begin with -'],
    [{ url: 'a', branch: 'a b' }, 'must be a branch name'],
    [{ url: 'a', depth: 0 }, 'must be greater than 0'],
    [{ url: 'a', more: 1 }, 'more'],
    [{}, 'expected a URL'],
  ])('by its schema %j', (args, reason) => {
    const result = sandbox().tool('clone').input.safeParse(args);
    expect(result.error?.message).toContain(reason);
  });

  it('everything while no folder is configured, with the way out', async () => {
    const box = sandbox();
    const call = box.call('clone', { url: 'https://127.0.0.1/a' }, { settings: { folder: [] } });
    await expect(call).rejects.toThrow('--folder DIR');
  });

  it('a remote that is not on the list', async () => {
    const box = sandbox();
    box.repository('source');
    const settings = { remote: ['https://example.org/team/'] };
    await expect(box.call('clone', { url: 'source', destination: 'b' }, { settings })).rejects.toThrow(
      'not on the list of remotes',
    );
  });
});

it('leaves a folder that was there and empty, when it fails', async () => {
  const box = sandbox();
  mkdirSync(path.join(box.folder, 'mine'));
  const outcome = await box.call('clone', { url: 'nothing-here', destination: 'mine' });
  expect(outcome.isError).toBe(true);
  expect(readdirSync(box.folder)).toEqual(['mine']);
  expect(readdirSync(path.join(box.folder, 'mine'))).toEqual([]);
});
