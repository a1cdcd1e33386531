import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../test/sandbox.ts';

describe('diff', () => {
  it('counts lines by file and shows the patch', async () => {
    const box = sandbox();
    const place = box.repository('it', { 'a.txt': 'one\n', 'b.bin': Buffer.from([0, 1, 2]) });
    expect((await box.call('diff', { repository: 'it' })).text).toBe('No differences');
    box.write(path.join(place, 'a.txt'), 'one\ntwo\n');
    box.write(path.join(place, 'b.bin'), Buffer.from([0, 1, 3]));
    const { data } = await box.call('diff', { repository: 'it' });
    expect(data).toMatchObject({
      fileCount: 2,
      added: 1,
      deleted: 0,
      files: [
        { path: 'a.txt', added: 1, deleted: 0, isBinary: false },
        { path: 'b.bin', isBinary: true },
      ],
    });
    expect(data.patch).toContain('+two');
    box.git(place, 'add', '-A');
    expect((await box.call('diff', { repository: 'it' })).data.fileCount).toBe(0);
    expect(
      (await box.call('diff', { repository: 'it', staged: true, paths: ['a.txt'] })).data.fileCount,
    ).toBe(1);
    box.git(place, 'mv', 'a.txt', 'z.txt');
    box.git(place, 'commit', '-qm', 'second');
    const between = await box.call('diff', { repository: 'it', from: 'HEAD~1', to: 'HEAD', patch: false });
    expect(between.data.files).toContainEqual({
      path: 'z.txt',
      from: 'a.txt',
      added: 1,
      deleted: 0,
      isBinary: false,
    });
    expect(between.data.patch).toBeUndefined();
  });

  it('caps the patch and says how much is missing', async () => {
    const box = sandbox();
    const place = box.repository('it');
    box.write(path.join(place, 'a.txt'), 'a long line of text\n'.repeat(10_000));
    const { data } = await box.call('diff', { repository: 'it' });
    expect(data.patch.length).toBeLessThan(70_000);
    expect(data.patchCutBytes).toBeGreaterThan(100_000);
    expect(data.patch).toContain('bytes cut');
  });

  it('runs no program that the repository names', async () => {
    const box = sandbox();
    const place = box.repository('it', { 'a.txt': 'one\n', '.gitattributes': '*.txt diff=evil\n' });
    const mark = path.join(box.folder, 'mark');
    box.git(place, 'config', 'diff.evil.command', `touch ${mark}; true`);
    box.git(place, 'config', 'diff.evil.textconv', `touch ${mark}; cat`);
    box.git(place, 'config', 'core.fsmonitor', `touch ${mark}; true`);
    box.write(path.join(place, 'a.txt'), 'two\n');
    expect((await box.call('diff', { repository: 'it' })).data.fileCount).toBe(1);
    await box.call('status', { repository: 'it' });
    expect(() => box.git(box.folder, 'hash-object', mark)).toThrow();
  });
});
